package dev.sweepback.adapter.rest;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the places of a request are filled from, besides the connection. */
record Filling(Optional<String> id, Optional<String> probe, Optional<JsonNode> snapshot, Optional<Item> now) {

    static final Filling NOTHING = new Filling(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static Filling id(String id) {
        return new Filling(Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Filling probe(String name) {
        return new Filling(Optional.empty(), Optional.of(name), Optional.empty(), Optional.empty());
    }

    Filling withId(String newId) {
        return new Filling(Optional.of(newId), probe, snapshot, now);
    }
}
