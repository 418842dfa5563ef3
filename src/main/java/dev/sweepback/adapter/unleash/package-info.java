/**
 * Feature flags of one Unleash project: archived, and revived with environments and dependencies applied again. Entry
 * type: {@link dev.sweepback.adapter.unleash.UnleashFlags}.
 */
@NullMarked
package dev.sweepback.adapter.unleash;

import org.jspecify.annotations.NullMarked;
