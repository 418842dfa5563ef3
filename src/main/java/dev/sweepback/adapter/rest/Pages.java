package dev.sweepback.adapter.rest;

import dev.sweepback.adapter.http.Api;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.job.DescribedPaging;
import dev.sweepback.job.Description;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** Reads a list to its end, or fails: a page too few is never taken for the end. */
final class Pages {

    private static final int MOST_PAGES = 10_000;

    private final Api api;
    private final Description.Listing listing;
    private final DescribedPaging paging;
    private final Request bare;
    private final BiConsumer<Request, JsonNode> expected;
    private final List<JsonNode> items = new ArrayList<>();
    private final Set<String> visited = new HashSet<>();
    private int page;

    /**
     * @param bare the request without what paging adds
     * @param expected throws if an answer does not say what it must
     */
    Pages(Api api, Description.Listing listing, Request bare, BiConsumer<Request, JsonNode> expected) {
        this.api = api;
        this.listing = listing;
        this.paging = listing.paging();
        this.bare = bare;
        this.expected = expected;
        this.page = paging.first();
    }

    /** All items of all pages. */
    List<JsonNode> all() {
        Request request = first();
        for (int read = 1; ; read++) {
            Response response = api.call(request);
            JsonNode body = api.json(request, response);
            List<JsonNode> here = items(request, body);
            items.addAll(here);
            Optional<Request> next = next(request, response, body, here);
            if (next.isEmpty()) {
                requireAll(request, body);
                return items;
            }
            if (read == MOST_PAGES) {
                throw api.malformed(request, "has more than " + MOST_PAGES + " pages");
            }
            request = next.get();
        }
    }

    /** Reads one page, to see that the list is there. */
    void require() {
        Request request = first();
        items(request, api.json(request));
    }

    private Request first() {
        return switch (paging.way()) {
            case NONE, LINK -> bare;
            case CURSOR -> sized(bare);
            case PAGE, OFFSET -> sized(bare).query(paging.query(), Integer.toString(page));
        };
    }

    private Request sized(Request request) {
        return paging.sizeQuery()
                .map(name -> request.query(name, Integer.toString(paging.size())))
                .orElse(request);
    }

    private List<JsonNode> items(Request request, JsonNode body) {
        expected.accept(request, body);
        JsonNode found = body.at(listing.items());
        if (!found.isArray()) {
            throw api.malformed(request, "has no list at " + shown(listing.items()));
        }
        return found.valueStream().toList();
    }

    private Optional<Request> next(Request request, Response response, JsonNode body, List<JsonNode> here) {
        return switch (paging.way()) {
            case NONE -> Optional.empty();
            case LINK -> link(request, response);
            case CURSOR -> cursor(request, body);
            case PAGE -> more(request, body, here) ? Optional.of(counted(++page)) : Optional.empty();
            case OFFSET -> more(request, body, here) ? Optional.of(counted(items.size())) : Optional.empty();
        };
    }

    private Request counted(int number) {
        return sized(bare).query(paging.query(), Integer.toString(number));
    }

    private Optional<Request> link(Request request, Response response) {
        Optional<URI> next = response.next();
        if (next.isEmpty() && response.header("link").orElse("").matches("(?i).*\\brel\\s*=\\s*\"?next.*")) {
            throw api.malformed(request, "names a next page in a way that cannot be read");
        }
        next.ifPresent(address -> requireNew(request, address.toString()));
        return next.map(address -> Request.follow(address));
    }

    private Optional<Request> cursor(Request request, JsonNode body) {
        JsonNode cursor = body.at(paging.next().orElseThrow());
        if (ends(cursor)) {
            return Optional.empty();
        }
        if (!cursor.isString() && !cursor.isIntegralNumber()) {
            throw api.malformed(
                    request,
                    "has something that is no cursor at " + shown(paging.next().get()));
        }
        requireNew(request, cursor.asString());
        return Optional.of(sized(bare).query(paging.query(), cursor.asString()));
    }

    /** An empty page ends a list, a short one does not: a system may give less than it is asked for. */
    private boolean more(Request request, JsonNode body, List<JsonNode> here) {
        if (paging.next().isPresent()) {
            boolean more = !ends(body.at(paging.next().get()));
            if (more && here.isEmpty()) {
                throw api.malformed(request, "is empty and names a next page");
            }
            return more;
        }
        return !here.isEmpty()
                && paging.total()
                        .map(total -> items.size() < total(request, body, total))
                        .orElse(true);
    }

    private static boolean ends(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || (node.isString() && node.asString().isEmpty())
                || (node.isBoolean() && !node.booleanValue());
    }

    private void requireNew(Request request, String next) {
        if (!visited.add(next)) {
            throw api.malformed(request, "names a next page that was read already");
        }
    }

    private void requireAll(Request request, JsonNode body) {
        paging.total().ifPresent(pointer -> {
            long total = total(request, body, pointer);
            if (total != items.size()) {
                throw api.malformed(
                        request,
                        "tells of " + total + " items and gave " + items.size()
                                + ": it was cut, or changed while it was read");
            }
        });
    }

    private long total(Request request, JsonNode body, String pointer) {
        JsonNode total = body.at(pointer);
        if (!total.isIntegralNumber() || !total.canConvertToLong() || total.longValue() < 0) {
            throw api.malformed(request, "has no number of items at " + shown(pointer));
        }
        return total.longValue();
    }

    private static String shown(String pointer) {
        return pointer.isEmpty() ? "its top" : pointer;
    }
}
