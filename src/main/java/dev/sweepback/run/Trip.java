package dev.sweepback.run;

import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * That something was used although it is disabled or archived. Recorded in the entry that begins the undo which puts it back.
 *
 * @param of the run that disabled it
 * @param operation the operation that disabled it
 * @param action what was done to it
 * @param acted when that was done
 * @param usedAt when it was used, as its system says
 */
public record Trip(
        RunId of, OperationId operation, ResourceRef ref, String name, String action, Instant acted, Instant usedAt) {

    /** In the entry that begins an undo: what that undo has tripped by itself for. */
    static final String KEY = "trips";

    /** {@code flag:unleash/x used at 2026-11-03T10:00:00Z, 3d after archive}. */
    public String text() {
        return ref + " used at " + usedAt + ", " + age() + " after " + action;
    }

    private String age() {
        Duration age = Duration.between(acted, usedAt);
        if (age.toDays() > 0) {
            return age.toDays() + "d";
        }
        return age.toHours() > 0 ? age.toHours() + "h" : age.toMinutes() + "m";
    }

    static ArrayNode write(List<Trip> trips) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        trips.forEach(trip -> array.addObject()
                .put("operation", trip.operation().value())
                .put("resource", trip.ref().toString())
                .put("name", trip.name())
                .put("action", trip.action())
                .put("acted", trip.acted().toString())
                .put("usedAt", trip.usedAt().toString()));
        return array;
    }

    /** Those that an undo began for; none if it was asked for by somebody. */
    static List<Trip> read(Entry started) {
        List<Trip> trips = new ArrayList<>();
        for (JsonNode node : started.dataNode(KEY)) {
            trips.add(new Trip(
                    new RunId(started.data("undoOf").orElseThrow()),
                    new OperationId(node.path("operation").asString()),
                    ResourceRef.parse(node.path("resource").asString()),
                    node.path("name").asString(),
                    node.path("action").asString(),
                    Instant.parse(node.path("acted").asString()),
                    Instant.parse(node.path("usedAt").asString())));
        }
        return trips;
    }
}
