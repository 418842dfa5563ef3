package dev.sweepback.sandbox;

/** A secret-id of an AppRole, as whoever holds it knows it. */
public record SecretId(String id, String accessor) {
    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "secret-id " + accessor;
    }
}
