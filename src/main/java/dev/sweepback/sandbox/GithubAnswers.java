package dev.sweepback.sandbox;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** GitHub's errors and pages. */
final class GithubAnswers {

    private static final String DOCUMENTATION = "https://docs.github.com/rest";

    private GithubAnswers() {}

    static Refused error(int status, String message) {
        return new Refused(TwinResponse.json(status, errorBody(message).put("status", Integer.toString(status))));
    }

    static Refused notFound() {
        return error(404, "Not Found");
    }

    static Refused invalid(String code, String message) {
        ObjectNode body = errorBody("Validation Failed");
        body.putArray("errors")
                .addObject()
                .put("resource", "Hook")
                .put("code", code)
                .put("message", message);
        return new Refused(TwinResponse.json(422, body));
    }

    private static ObjectNode errorBody(String message) {
        return Json.object().put("message", message).put("documentation_url", DOCUMENTATION);
    }

    /** One page of a list, with the {@code Link} header that leads to the others. */
    static TwinResponse page(List<ObjectNode> all, TwinRequest request, String url) {
        int size = Math.min(100, Math.max(1, number(request.query("per_page", "30"), 30)));
        int page = Math.max(1, number(request.query("page", "1"), 1));
        int last = Math.max(1, (all.size() + size - 1) / size);
        int from = Math.min(all.size(), (page - 1) * size);
        TwinResponse response =
                TwinResponse.json(200, Json.nodes(all.subList(from, Math.min(all.size(), from + size))));
        if (last == 1) {
            return response;
        }
        StringBuilder link = new StringBuilder();
        if (page > 1) {
            link.append(link(url, size, page - 1, "prev")).append(", ");
        }
        if (page < last) {
            link.append(link(url, size, page + 1, "next")).append(", ");
            link.append(link(url, size, last, "last"));
        } else {
            link.append(link(url, size, 1, "first"));
        }
        return response.with("Link", link.toString());
    }

    private static String link(String url, int size, int page, String relation) {
        return "<%s?per_page=%d&page=%d>; rel=\"%s\"".formatted(url, size, page, relation);
    }

    static int number(String text, int fallback) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : fallback;
    }
}
