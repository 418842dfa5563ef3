@org.jspecify.annotations.NullMarked
package dev.sweepback.adapter.launchdarkly;
