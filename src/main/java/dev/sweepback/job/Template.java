package dev.sweepback.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonPointer;

/**
 * A text of a description with places that are filled in when a request is made. There is no language in it: a place names one
 * value.
 *
 * @param text as written
 */
public record Template(String text, List<Part> parts) {

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    public Template {
        parts = List.copyOf(parts);
    }

    /** What a place is filled from. */
    public enum From {
        /** A connection key: {@code {project}}. */
        KEY,
        /** The id of the resource: {@code {id}}. */
        ID,
        /** The name of the disposable resource of a probe: {@code {probe}}. */
        PROBE,
        /** A value of the snapshot: {@code {/flags}}. */
        STATE,
        /** The whole snapshot: {@code {state}}. */
        WHOLE,
        /** A value of the snapshot that is Base64, decoded: {@code {base64:/Value}}. */
        DECODED,
        /** A value of the resource as it was read right before the request, book-keeping too: {@code {now:/version}}. */
        NOW,
        /** The {@code ETag} that came with that reading: {@code {etag}}. */
        ETAG
    }

    /** A piece of the text. */
    public sealed interface Part {}

    /** Stands as it is. */
    public record Literal(String text) implements Part {}

    /**
     * Is filled in.
     *
     * @param name the connection key, or the JSON pointer; empty for the rest
     * @param path whether the value is a path, whose slashes stay: {@code {id*}}
     * @param written the place as it stands in the file, braces included
     */
    public record Place(From from, String name, boolean path, String written) implements Part {

        public JsonPointer pointer() {
            return JsonPointer.compile(name);
        }
    }

    /** @throws IllegalArgumentException with what is wrong, if a place cannot be understood */
    public static Template parse(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher places = PLACE.matcher(text);
        int from = 0;
        while (places.find()) {
            literal(text.substring(from, places.start()), parts);
            parts.add(place(places.group(1)));
            from = places.end();
        }
        literal(text.substring(from), parts);
        return new Template(text, parts);
    }

    /** The place that is all of a text; empty if the text is anything else. */
    public static Optional<Place> alone(String text) {
        if (!PLACE.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(place(text.substring(1, text.length() - 1)));
    }

    private static void literal(String text, List<Part> parts) {
        if (text.contains("{") || text.contains("}")) {
            throw new IllegalArgumentException("a brace stands alone");
        }
        if (!text.isEmpty()) {
            parts.add(new Literal(text));
        }
    }

    private static Place place(String inside) {
        String written = "{" + inside + "}";
        boolean path = inside.endsWith("*");
        String name = path ? inside.substring(0, inside.length() - 1) : inside;
        if (inside.startsWith("/")) {
            return pointing(From.STATE, inside, written);
        }
        if (inside.startsWith("now:")) {
            return pointing(From.NOW, inside.substring("now:".length()), written);
        }
        if (inside.startsWith("base64:")) {
            return pointing(From.DECODED, inside.substring("base64:".length()), written);
        }
        return switch (name) {
            case "id" -> new Place(From.ID, "", path, written);
            case "probe" -> new Place(From.PROBE, "", path, written);
            case "state" -> new Place(From.WHOLE, "", false, written);
            case "etag" -> new Place(From.ETAG, "", false, written);
            default -> key(name, path, written);
        };
    }

    private static Place key(String name, boolean path, String written) {
        if (Format.WORD.complaint(name).isPresent()) {
            throw new IllegalArgumentException("'" + Format.shortened(written) + "' is no place that can be filled in");
        }
        return new Place(From.KEY, name, path, written);
    }

    private static Place pointing(From from, String pointer, String written) {
        if (Format.POINTER.complaint(pointer).isPresent()) {
            throw new IllegalArgumentException("'" + Format.shortened(written) + "' does not hold a JSON pointer");
        }
        return new Place(from, pointer, false, written);
    }

    public List<Place> places() {
        return parts.stream()
                .filter(Place.class::isInstance)
                .map(Place.class::cast)
                .toList();
    }

    @Override
    public String toString() {
        return text;
    }
}
