package dev.sweepback.journal;

/**
 * Who did it.
 *
 * @param name {@code local:<uid>/<name>} for a person at the command line, {@code daemon} for the daemon itself
 * @param authenticated whether anything but the operating system vouches for the name
 */
public record Actor(String name, boolean authenticated) {
    public static final Actor DAEMON = new Actor("daemon", false);
}
