package dev.sweepback.adapter.vault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One path of a Vault policy.
 *
 * @param path as a Vault policy names it: a star at its end stands for anything, a {@code +} for one segment
 * @param parameters the values that a parameter may have; none for any, and no entry for no bound
 * @param wrapped how long what is answered is at least and at most wrapped
 * @param purposes what it is for, in words
 */
record Permission(
        String path,
        Set<String> capabilities,
        Map<String, List<String>> parameters,
        Optional<Wrapping> wrapped,
        Set<String> purposes) {

    /** Bounds of {@code X-Vault-Wrap-TTL}. */
    record Wrapping(Duration least, Duration most) {}

    Permission {
        capabilities = new LinkedHashSet<>(capabilities);
        parameters = new LinkedHashMap<>(parameters);
        purposes = new LinkedHashSet<>(purposes);
    }

    static Permission of(String purpose, String path, String... capabilities) {
        return new Permission(
                path, new LinkedHashSet<>(List.of(capabilities)), Map.of(), Optional.empty(), Set.of(purpose));
    }

    /** A parameter that is bound makes Vault refuse all others that are not named too. */
    Permission allowing(String parameter, List<String> values) {
        Map<String, List<String>> more = new LinkedHashMap<>(parameters);
        more.put(parameter, values);
        return new Permission(path, capabilities, more, wrapped, purposes);
    }

    Permission wrapped(Duration least, Duration most) {
        return new Permission(path, capabilities, parameters, Optional.of(new Wrapping(least, most)), purposes);
    }

    /** Both on the same path: what either needs. */
    Permission and(Permission other) {
        Set<String> all = new LinkedHashSet<>(capabilities);
        all.addAll(other.capabilities);
        Set<String> both = new LinkedHashSet<>(purposes);
        both.addAll(other.purposes);
        return new Permission(path, all, bounds(other), wrapped.isPresent() ? wrapped : other.wrapped, both);
    }

    private Map<String, List<String>> bounds(Permission other) {
        Map<String, List<String>> both = new LinkedHashMap<>();
        if (!parameters.isEmpty() && !other.parameters.isEmpty()) {
            parameters.forEach((name, values) -> both.put(
                    name,
                    Stream.concat(values.stream(), other.parameters.getOrDefault(name, List.of()).stream())
                            .distinct()
                            .toList()));
            other.parameters.forEach(both::putIfAbsent);
        }
        return both;
    }

    /**
     * A path that stands for all that it covers, to ask about. A list is asked for with a slash at its end: a path with a
     * {@code +} covers it only so.
     */
    String example() {
        String example = path.replaceAll("\\+", "any");
        if (capabilities.contains("list") && capabilities.size() <= 2 && !capabilities.contains("read")) {
            return example.replaceFirst("/?\\*?$", "/");
        }
        return example.replaceFirst("\\*$", "any");
    }

    String purpose() {
        return String.join("; ", purposes);
    }

    List<String> hcl() {
        List<String> lines = new ArrayList<>();
        List<String> inside = new ArrayList<>();
        inside.add("capabilities = " + texts(List.copyOf(capabilities)));
        if (!parameters.isEmpty()) {
            inside.add("allowed_parameters = { "
                    + parameters.entrySet().stream()
                            .map(entry -> quoted(entry.getKey()) + " = " + texts(entry.getValue()))
                            .collect(Collectors.joining(", "))
                    + " }");
        }
        wrapped.ifPresent(bounds -> {
            inside.add("min_wrapping_ttl = \"" + bounds.least().toSeconds() + "s\"");
            inside.add("max_wrapping_ttl = \"" + bounds.most().toSeconds() + "s\"");
        });
        lines.add("# " + purpose());
        if (inside.size() == 1) {
            lines.add("path " + quoted(path) + " { " + inside.get(0) + " }");
        } else {
            lines.add("path " + quoted(path) + " {");
            inside.forEach(line -> lines.add("  " + line));
            lines.add("}");
        }
        return lines;
    }

    private static String texts(List<String> texts) {
        return texts.stream().map(Permission::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
