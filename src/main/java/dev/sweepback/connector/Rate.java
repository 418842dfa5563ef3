package dev.sweepback.connector;

/**
 * How fast at most, whoever acts.
 *
 * @param perSecond from 1 to {@link #MOST}
 */
public record Rate(int perSecond) {

    public static final int MOST = 1000;

    public Rate {
        if (perSecond < 1 || perSecond > MOST) {
            throw new IllegalArgumentException("a rate is from 1 to " + MOST + " per second");
        }
    }
}
