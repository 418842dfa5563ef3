package dev.sweepback.connector;

/** A secret in memory. Shows itself to nobody who does not ask for {@link #reveal()}. */
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
