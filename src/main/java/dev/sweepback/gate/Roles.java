package dev.sweepback.gate;

import dev.sweepback.journal.Actor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which roles people have, by the settings alone.
 *
 * @param actors by {@code local:<uid>}, or the name of a token
 */
public record Roles(Map<String, List<String>> actors) {

    /** Nobody has any. */
    public static final Roles NONE = new Roles(Map.of());

    private static final String LOCAL = "local:";

    public Roles {
        actors = Map.copyOf(actors);
    }

    /** Who an actor is, whatever the name: for somebody at the command line the user id alone. */
    public static String person(Actor actor) {
        int slash = actor.name().indexOf('/');
        return isLocal(actor) && slash > 0 ? actor.name().substring(0, slash) : actor.name();
    }

    private static boolean isLocal(Actor actor) {
        return !actor.authenticated() && actor.name().startsWith(LOCAL);
    }

    /** The first of these roles that the actor has. */
    public Optional<String> counting(Actor actor, List<String> wanted) {
        // Neither does an unvouched name count, nor does a token pass for a user id.
        if (actor.authenticated() == actor.name().startsWith(LOCAL)) {
            return Optional.empty();
        }
        List<String> had = actors.getOrDefault(person(actor), List.of());
        return wanted.stream().filter(had::contains).findFirst();
    }
}
