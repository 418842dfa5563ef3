package dev.sweepback.connector;

import java.util.List;

/** All that a connection lists for a kind and scope, before any selection. */
public record Population(List<Resource> resources) {
    public Population {
        resources = List.copyOf(resources);
    }

    public int size() {
        return resources.size();
    }
}
