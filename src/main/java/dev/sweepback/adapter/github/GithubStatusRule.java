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

/**
 * GitHub answers its rate limits with 403 or 429, and with 404 what the token may not see. Facts about the limits: "Rate limits
 * for the REST API" of its documentation.
 */
final class GithubStatusRule implements StatusRule {

    /** What GitHub asks for where a secondary limit names no time. */
    private static final Duration LEAST_WAIT = Duration.ofMinutes(1);

    private final HookOwner owner;

    GithubStatusRule(HookOwner owner) {
        this.owner = owner;
    }

    @Override
    public ConnectorException judge(String connection, Request request, Response response) {
        JsonNode body = response.json().orElse(MissingNode.getInstance());
        return switch (response.status()) {
            case 403 ->
                isLimit(response, body)
                        ? throttled(connection, request, response, body)
                        : new ConnectorException(
                                Kind.FORBIDDEN,
                                connection,
                                request + " is not allowed with this token",
                                "give the token " + owner.permission());
            case 429 -> throttled(connection, request, response, body);
            case 404 ->
                new ConnectorException(
                        Kind.NOT_FOUND,
                        connection,
                        request + " was answered with 404: there is no such " + owner.noun()
                                + " or hook, or the token may not see it",
                        "check the connection's " + owner.noun() + ", and that its token has " + owner.permission());
            case 422 ->
                new ConnectorException(
                        Kind.CONFLICT,
                        connection,
                        request + " is refused by GitHub" + details(request, body),
                        "look at the webhooks of the " + owner.noun() + ", then plan again");
            default -> GENERAL.judge(connection, request, response);
        };
    }

    private static boolean isLimit(Response response, JsonNode body) {
        return isUsedUp(response)
                || response.retryAfter().isPresent()
                || message(body).contains("rate limit");
    }

    private static boolean isUsedUp(Response response) {
        return response.header("x-ratelimit-remaining").filter("0"::equals).isPresent();
    }

    private static String message(JsonNode body) {
        return body.path("message").asString("").toLowerCase(Locale.ROOT);
    }

    private static ConnectorException throttled(String connection, Request request, Response response, JsonNode body) {
        boolean hourly = isUsedUp(response);
        Optional<Duration> asked = response.retryAfter().or(() -> hourly ? untilReset(response) : Optional.empty());
        boolean paced = !hourly && message(body).contains("secondary rate limit");
        return new ConnectorException(
                Kind.THROTTLED,
                connection,
                request + " was answered with " + response.status()
                        + (hourly
                                ? ": the token's requests of this hour are used up"
                                : ": GitHub's rate limit is reached"),
                hourly
                        ? "wait until the hour is over, or use a token of an account that nothing else uses"
                        : "wait, or lower the rate and the connection's concurrency",
                true,
                paced ? asked.or(() -> Optional.of(LEAST_WAIT)) : asked);
    }

    private static Optional<Duration> untilReset(Response response) {
        return response.header("x-ratelimit-reset")
                .filter(text -> text.matches("\\d{1,12}"))
                .map(text -> Instant.ofEpochSecond(Long.parseLong(text)))
                .flatMap(reset -> response.date().map(now -> Duration.between(now, reset)))
                .filter(wait -> !wait.isNegative());
    }

    /** Only texts that quote neither an address nor the secret that was sent. */
    private static String details(Request request, JsonNode body) {
        String secret = request.body()
                .map(sent -> sent.path("config").path("secret").asString(""))
                .orElse("");
        String texts = body.path("errors")
                .valueStream()
                .map(error -> error.path("message").asString(""))
                .filter(text -> !text.isBlank() && text.length() < 200 && !text.contains("://"))
                .filter(text -> secret.isEmpty() || !text.contains(secret))
                .map(text -> text.replaceAll("\\p{Cntrl}", " "))
                .collect(Collectors.joining("; "));
        return texts.isEmpty() ? "" : ": " + texts;
    }
}
