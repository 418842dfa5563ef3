package dev.sweepback.job;

/**
 * Whether a flag is on.
 *
 * @param connection one of the settings, whose system has flags with environments
 * @param environment as that system names it
 */
public record FlagSubject(String connection, String name, String environment, boolean enabled)
        implements Check.Subject {

    @Override
    public String text() {
        return "flag " + connection + "/" + name + " is " + (enabled ? "on" : "off") + " in " + environment;
    }
}
