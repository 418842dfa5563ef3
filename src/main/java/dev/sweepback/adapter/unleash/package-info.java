/**
 * Feature flags of one Unleash project: archived, marked as stale, switched off or removed, and put back with environments and
 * dependencies; and Unleash's own webhooks. Entry types: {@link dev.sweepback.adapter.unleash.UnleashFlags}, {@link
 * dev.sweepback.adapter.unleash.UnleashWebhooks}.
 */
@NullMarked
package dev.sweepback.adapter.unleash;

import org.jspecify.annotations.NullMarked;
