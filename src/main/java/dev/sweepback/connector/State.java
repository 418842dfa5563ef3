package dev.sweepback.connector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * All of a resource that affects its behaviour, as canonical JSON (RFC 8785); book-keeping that the system writes itself
 * is left out. May hold secrets: it is only ever stored encrypted, and {@code toString} shows no content.
 */
public final class State {

    private static final ObjectMapper JSON = JsonMapper.shared();

    /** What is left of something that is gone. */
    public static final State ABSENT = new State("null");

    private final String canonical;

    private State(String canonical) {
        this.canonical = canonical;
    }

    public static State of(ObjectNode content) {
        return new State(canonicalize(content.toString()));
    }

    /** Reads back what {@link #bytes()} wrote. */
    public static State fromBytes(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.equals("null") ? ABSENT : new State(canonicalize(text));
    }

    public boolean isAbsent() {
        return canonical.equals("null");
    }

    /** A copy of the content. @throws IllegalStateException if absent */
    public ObjectNode content() {
        if (JSON.readTree(canonical) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalStateException("an absent state has no content");
    }

    public byte[] bytes() {
        return canonical.getBytes(StandardCharsets.UTF_8);
    }

    public boolean sameAs(State other) {
        return canonical.equals(other.canonical);
    }

    /** The JSON pointers at which the two differ, sorted; a whole missing branch is one pointer. */
    public List<String> differences(State other) {
        List<String> found = new ArrayList<>();
        compare("", JSON.readTree(canonical), JSON.readTree(other.canonical), found);
        return List.copyOf(found);
    }

    private static void compare(String pointer, JsonNode left, JsonNode right, List<String> found) {
        if (left.equals(right)) {
            return;
        }
        if (left.isObject() && right.isObject()) {
            TreeSet<String> names = new TreeSet<>(left.propertyNames());
            names.addAll(right.propertyNames());
            for (String name : names) {
                compare(
                        pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                        left.path(name),
                        right.path(name),
                        found);
            }
        } else if (left.isArray() && right.isArray() && left.size() == right.size()) {
            for (int index = 0; index < left.size(); index++) {
                compare(pointer + "/" + index, left.path(index), right.path(index), found);
            }
        } else {
            found.add(pointer.isEmpty() ? "/" : pointer);
        }
    }

    private static String canonicalize(String json) {
        try {
            return new JsonCanonicalizer(json).getEncodedString();
        } catch (IOException e) {
            throw new IllegalArgumentException("not a JSON object that can be made canonical", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof State state && sameAs(state);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    @Override
    public String toString() {
        return isAbsent() ? "State[absent]" : "State[" + canonical.length() + " characters]";
    }
}
