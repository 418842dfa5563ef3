package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.adapter.http.StatusRule;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Unleash says what it means by the error's {@code name}: a 403 can be a missing right ({@code
 * forbidden-viewer-archive}), a rule of business ({@code archive-parent-with-child}) or a token of the wrong kind ({@code
 * auth-backend-token-archive}).
 */
final class UnleashStatusRule implements StatusRule {

    @Override
    public ConnectorException judge(String connection, Request request, Response response) {
        JsonNode body = response.json().orElse(MissingNode.getInstance());
        String message = oneLine(body.path("message").asString(""));
        return named(connection, request, body, message).orElseGet(() -> GENERAL.judge(connection, request, response));
    }

    private static Optional<ConnectorException> named(
            String connection, Request request, JsonNode body, String message) {
        return switch (body.path("name").asString("")) {
            case "InvalidOperationError", "ArchivedFeatureError" ->
                Optional.of(new ConnectorException(
                        Kind.CONFLICT,
                        connection,
                        request + " is refused by Unleash: " + message,
                        message.contains("depend on")
                                ? "archive the flags that depend on it first, in an earlier step, or keep this one"
                                : "look at the flag in Unleash, then plan again"));
            case "PermissionError" ->
                Optional.of(new ConnectorException(
                        Kind.FORBIDDEN,
                        connection,
                        request + " is not allowed with this token: " + message,
                        "give the token's owner the permission that is named, in this project"));
            case "" ->
                message.startsWith("invalid token") ? Optional.of(wrongToken(connection, request)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static ConnectorException wrongToken(String connection, Request request) {
        return new ConnectorException(
                Kind.UNAUTHENTICATED,
                connection,
                request + " needs another kind of token",
                "use an admin token or the token of a service account, not a client or frontend token");
    }

    private static String oneLine(String message) {
        String text = message.replaceAll("\\p{Cntrl}", " ");
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
