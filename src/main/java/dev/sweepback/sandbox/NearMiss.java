package dev.sweepback.sandbox;

/**
 * Something that looks like a leftover and must not be touched.
 *
 * @param what its name in {@link Sandbox#dump()}
 * @param why it must stay
 */
public record NearMiss(String what, String why) {}
