package dev.sweepback.cli;

import dev.sweepback.plan.Item;
import dev.sweepback.run.Looked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * When tripwires were last looked at, and what could not be told then: in a file beside the store, for {@code status}. No part of the
 * record: looks come every minute, and what they find is in the journal.
 *
 * @param notKnown by resource, why it is not known whether it is used
 */
record LastLook(Instant at, Map<String, String> notKnown) {

    private static final String FILE = "tripwire.json";

    /**
     * Records a look.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    static void write(Path folder, Looked looked) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("at", looked.at().toString()).put("watched", looked.watched());
        ArrayNode notKnown = node.putArray("notKnown");
        for (Item item : looked.notKnown()) {
            notKnown.addObject().put("resource", item.ref().toString()).put("reason", item.reason());
        }
        Path file = folder.resolve(FILE);
        try {
            Path fresh = Files.writeString(folder.resolve(FILE + ".new"), node.toString());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + " (" + e.getMessage() + ")", e);
        }
    }

    /** Empty if there was none, or if the file cannot be understood: nothing rests on it. */
    static Optional<LastLook> read(Path folder) {
        try {
            JsonNode node = JsonMapper.shared().readTree(Files.readString(folder.resolve(FILE)));
            Map<String, String> notKnown = new LinkedHashMap<>();
            for (JsonNode one : node.path("notKnown")) {
                notKnown.put(
                        one.path("resource").asString(""), one.path("reason").asString(""));
            }
            return Optional.of(new LastLook(Instant.parse(node.path("at").asString("")), notKnown));
        } catch (IOException | JacksonException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
