package dev.sweepback.sandbox;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** {@code search/features}: filters with an operator, sorting, paging. */
final class UnleashSearch {

    /** What a limit above 100, or no number, silently becomes (recording: search-limit-over-100-falls-to-50). */
    private static final int FALLBACK_LIMIT = 50;

    private final UnleashFlags flags;
    private final UnleashViews views;

    UnleashSearch(UnleashFlags flags, UnleashViews views) {
        this.flags = flags;
        this.views = views;
    }

    TwinResponse search(Call call) {
        TwinRequest request = call.request();
        Predicate<UnleashFlag> wanted = wanted(request);
        List<UnleashFlag> found =
                flags.all().stream().filter(wanted).sorted(order(request)).toList();
        int limit = GithubAnswers.number(request.query("limit", ""), FALLBACK_LIMIT);
        if (limit > 100 || limit < 1) {
            limit = FALLBACK_LIMIT;
        }
        int from = Math.min(found.size(), GithubAnswers.number(request.query("offset", "0"), 0));
        List<UnleashFlag> page = found.subList(from, Math.min(found.size(), from + limit));
        ObjectNode body = Json.object();
        body.set(
                "features",
                Json.nodes(page.stream()
                        .map(flag -> views.found(flag, shownTags(request)))
                        .toList()));
        return TwinResponse.json(200, body.put("total", found.size()));
    }

    private static Predicate<UnleashFlag> wanted(TwinRequest request) {
        boolean archived = request.query("archived", "").equals("IS:true");
        String text = request.query("query", "");
        Predicate<UnleashFlag> wanted = flag -> flag.archived() == archived && flag.name.contains(text);
        wanted = wanted.and(filter(request, "project", flag -> Set.of(flag.project)));
        wanted = wanted.and(filter(request, "type", flag -> Set.of(flag.type)));
        wanted = wanted.and(filter(request, "lifecycle", flag -> Set.of(flag.stage)));
        wanted = wanted.and(filter(request, "state", flag -> Set.of(flag.stale ? "stale" : "active")));
        wanted = wanted.and(day(request, "createdAt"));
        return wanted.and(filter(
                request,
                "tag",
                flag -> Set.copyOf(flag.tags.stream()
                        .map(tag -> tag.type() + ":" + tag.value())
                        .toList())));
    }

    private static Predicate<UnleashFlag.Tag> shownTags(TwinRequest request) {
        String filter = request.query("tag", "");
        List<String> wanted =
                Arrays.asList(filter.substring(filter.indexOf(':') + 1).split(",", -1));
        return filter.startsWith("INCLUDE") ? tag -> wanted.contains(tag.type() + ":" + tag.value()) : tag -> true;
    }

    private interface Values {
        Set<String> of(UnleashFlag flag);
    }

    private static Predicate<UnleashFlag> filter(TwinRequest request, String name, Values values) {
        String filter = request.query(name, "");
        if (filter.isEmpty()) {
            return flag -> true;
        }
        int colon = filter.indexOf(':');
        String operator = colon < 0 ? "" : filter.substring(0, colon);
        List<String> given = Arrays.asList(filter.substring(colon + 1).split(",", -1));
        return switch (operator) {
            case "IS", "IS_ANY_OF", "INCLUDE", "INCLUDE_ANY_OF" ->
                flag -> values.of(flag).stream().anyMatch(given::contains);
            case "IS_NOT", "IS_NONE_OF", "DO_NOT_INCLUDE", "EXCLUDE_IF_ANY_OF" ->
                flag -> values.of(flag).stream().noneMatch(given::contains);
            case "INCLUDE_ALL_OF" -> flag -> values.of(flag).containsAll(given);
            default ->
                throw UnleashErrors.badData(
                        "The `/query/%s` property must match pattern \"^(IS|IS_NOT|IS_ANY_OF|IS_NONE_OF):(.*?)(,([a-zA-Z0-9_]+))*$\". You sent \"%s\"."
                                .formatted(name, filter),
                        "/query/" + name);
        };
    }

    private static Predicate<UnleashFlag> day(TwinRequest request, String name) {
        String filter = request.query(name, "");
        if (filter.startsWith("IS_ON_OR_AFTER:")) {
            return flag -> flag.createdAt.toString().compareTo(filter.substring(filter.indexOf(':') + 1)) >= 0;
        }
        if (filter.startsWith("IS_BEFORE:")) {
            return flag -> flag.createdAt.toString().compareTo(filter.substring(filter.indexOf(':') + 1)) < 0;
        }
        return flag -> true;
    }

    private static Comparator<UnleashFlag> order(TwinRequest request) {
        Comparator<UnleashFlag> byName = Comparator.comparing(flag -> flag.name);
        Comparator<UnleashFlag> order = request.query("sortBy", "createdAt").equals("name")
                ? byName
                : Comparator.<UnleashFlag, java.time.Instant>comparing(flag -> flag.createdAt)
                        .thenComparing(byName);
        return request.query("sortOrder", "asc").equals("desc") ? order.reversed() : order;
    }
}
