/** Tests of the twins, among them the replay of what was recorded from the real servers. */
@org.jspecify.annotations.NullMarked
package dev.sweepback.sandbox;
