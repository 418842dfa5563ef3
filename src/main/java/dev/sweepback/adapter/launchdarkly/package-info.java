/**
 * Flags of one LaunchDarkly project: archived, and restored. It rests on LaunchDarkly's public API documentation alone. Entry
 * type: {@link dev.sweepback.adapter.launchdarkly.LaunchDarklyFlags}.
 */
@NullMarked
package dev.sweepback.adapter.launchdarkly;

import org.jspecify.annotations.NullMarked;
