package dev.sweepback.adapter.github;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.adapter.http.StatusRule;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** GitHub answers 403 for its rate limits too, and 404 for what the token may not see. */
final class GithubStatusRule implements StatusRule {

    private static final String PERMISSION =
            "repository permission 'Webhooks: read and write', or scope admin:repo_hook for a classic token";

    @Override
    public ConnectorException judge(String connection, Request request, Response response) {
        JsonNode body = response.json().orElse(MissingNode.getInstance());
        return switch (response.status()) {
            case 403 -> forbidden(connection, request, response, body);
            case 404 ->
                new ConnectorException(
                        Kind.NOT_FOUND,
                        connection,
                        request
                                + " was answered with 404: there is no such repository or hook, or the token may not see it",
                        "check the connection's repository (owner/name), and that its token has " + PERMISSION);
            case 422 ->
                new ConnectorException(
                        Kind.CONFLICT,
                        connection,
                        request + " is refused by GitHub" + details(body),
                        "look at the repository's webhooks, then plan again");
            default -> GENERAL.judge(connection, request, response);
        };
    }

    private static ConnectorException forbidden(String connection, Request request, Response response, JsonNode body) {
        boolean limited = response.header("x-ratelimit-remaining")
                        .filter("0"::equals)
                        .isPresent()
                || response.retryAfter().isPresent()
                || body.path("message").asString("").toLowerCase(Locale.ROOT).contains("rate limit");
        if (limited) {
            return new ConnectorException(
                    Kind.THROTTLED,
                    connection,
                    request + " was answered with " + response.status() + ": GitHub's rate limit is reached",
                    "wait, or lower the rate and the connection's concurrency",
                    true,
                    response.retryAfter().or(() -> untilReset(response)));
        }
        return new ConnectorException(
                Kind.FORBIDDEN,
                connection,
                request + " is not allowed with this token",
                "give the token " + PERMISSION);
    }

    private static Optional<Duration> untilReset(Response response) {
        return response.header("x-ratelimit-reset")
                .filter(text -> text.matches("\\d{1,12}"))
                .map(text -> Instant.ofEpochSecond(Long.parseLong(text)))
                .flatMap(reset -> response.date().map(now -> Duration.between(now, reset)))
                .filter(wait -> !wait.isNegative());
    }

    /** Only texts that quote no address. */
    private static String details(JsonNode body) {
        String texts = body.path("errors")
                .valueStream()
                .map(error -> error.path("message").asString(""))
                .filter(text -> !text.isBlank() && text.length() < 200 && !text.contains("://"))
                .map(text -> text.replaceAll("\\p{Cntrl}", " "))
                .collect(Collectors.joining("; "));
        return texts.isEmpty() ? "" : ": " + texts;
    }
}
