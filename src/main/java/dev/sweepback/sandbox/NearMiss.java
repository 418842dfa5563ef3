package dev.sweepback.sandbox;

/**
 * Something that looks like a leftover and must not be touched.
 *
 * @param what its name in {@link Sandbox#dump()}
 * @param why it must stay
 * @param answer what a right plan does with it: {@code kept}, {@code blocked} or {@code not selected}
 * @param because what the reason of that answer must speak of
 */
public record NearMiss(String what, String why, String answer, String because) {}
