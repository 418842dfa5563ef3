package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Secret;

/**
 * Sends with the connection's token what has none of its own. Where Vault refuses the token it sends once more with another
 * one, if there is one: Vault looks at the token before anything else, so what was refused for it did nothing (recording
 * {@code bad-token-403}). A refusal for want of a Vault policy is passed on as it is.
 */
final class LoggedIn implements Http {

    static final String TOKEN = "X-Vault-Token";

    private final Http next;
    private final Login login;

    LoggedIn(Http next, Login login) {
        this.next = login.namespaced(next);
        this.login = login;
    }

    /** @throws ConnectorException also if Vault accepts none of the connection's tokens */
    @Override
    public Response send(Request request) {
        if (request.headers().containsKey(TOKEN)) {
            return next.send(request);
        }
        Secret token = login.token();
        Response response = next.send(request.header(TOKEN, token.reveal()));
        if (!VaultErrors.refusesToken(response)) {
            login.accepted(token);
            return response;
        }
        Secret other = login.instead(token, request);
        Response again = next.send(request.header(TOKEN, other.reveal()));
        if (VaultErrors.refusesToken(again)) {
            throw login.refused(request);
        }
        login.accepted(other);
        return again;
    }
}
