package dev.sweepback.adapter.vault;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The token that requests are sent with, as Vault tells of it (recordings {@code daemon-lookup-self-200}, {@code
 * approle-login-200}).
 *
 * @param accessor empty for a batch token
 * @param orphan whether no revocation of another token takes it along
 * @param path what issued it: {@code auth/approle/login}
 * @param role the AppRole that it was issued through, as far as Vault tells
 */
record Self(String accessor, boolean orphan, String path, Optional<String> role) {

    private static final String ROLE = "role_name";

    /** As {@code auth/token/lookup-self} shows it. */
    static Self lookedUp(Answered data) {
        return new Self(data.text("accessor"), data.flag("orphan"), data.text("path"), role(data.node("meta")));
    }

    /** As the answer to a login shows it. */
    static Self loggedIn(Answered auth, String path) {
        return new Self(auth.text("accessor"), auth.flag("orphan"), path, role(auth.node("metadata")));
    }

    private static Optional<String> role(JsonNode meta) {
        return Optional.of(meta.path(ROLE).asString("")).filter(name -> !name.isEmpty());
    }
}
