package dev.sweepback.adapter.github;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.adapter.http.StatusRule;
import dev.sweepback.adapter.http.Throttling;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.MissingNode;

/** GitHub answers with 404 what the token may not see, and with 403 its limits as well as a missing right ({@link Throttling}). */
final class GithubStatusRule implements StatusRule {

    private final HookOwner owner;

    GithubStatusRule(HookOwner owner) {
        this.owner = owner;
    }

    @Override
    public ConnectorException judge(String connection, Request request, Response response) {
        if (Throttling.refuses(response)) {
            return throttled(connection, request, response);
        }
        return switch (response.status()) {
            case 403 ->
                new ConnectorException(
                        Kind.FORBIDDEN,
                        connection,
                        request + " is not allowed with this token",
                        "give the token " + owner.permission());
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
                        request + " is refused by GitHub" + details(request, response),
                        "look at the webhooks of the " + owner.noun() + ", then plan again");
            default -> GENERAL.judge(connection, request, response);
        };
    }

    private static ConnectorException throttled(String connection, Request request, Response response) {
        boolean hourly = Throttling.nothingLeft(response);
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
                Throttling.wait(response, Optional.empty()));
    }

    /** Only texts that quote neither an address nor the secret that was sent. */
    private static String details(Request request, Response response) {
        String secret = request.body()
                .map(sent -> sent.path("config").path("secret").asString(""))
                .orElse("");
        String texts = response.json()
                .orElse(MissingNode.getInstance())
                .path("errors")
                .valueStream()
                .map(error -> error.path("message").asString(""))
                .filter(text -> !text.isBlank() && text.length() < 200 && !text.contains("://"))
                .filter(text -> secret.isEmpty() || !text.contains(secret))
                .map(text -> text.replaceAll("\\p{Cntrl}", " "))
                .collect(Collectors.joining("; "));
        return texts.isEmpty() ? "" : ": " + texts;
    }
}
