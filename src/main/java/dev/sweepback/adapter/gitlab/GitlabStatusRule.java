package dev.sweepback.adapter.gitlab;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.adapter.http.StatusRule;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;

/** GitLab answers 404 also what the token may not see. Its own words are not passed on: they may quote a hook's address. */
final class GitlabStatusRule implements StatusRule {

    private final HookOwner owner;

    GitlabStatusRule(HookOwner owner) {
        this.owner = owner;
    }

    @Override
    public ConnectorException judge(String connection, Request request, Response response) {
        ConnectorException general = GENERAL.judge(connection, request, response);
        return switch (general.kind()) {
            case FORBIDDEN ->
                new ConnectorException(
                        Kind.FORBIDDEN,
                        connection,
                        request + " is not allowed with this token",
                        "give the token " + owner.permission());
            case NOT_FOUND ->
                new ConnectorException(
                        Kind.NOT_FOUND,
                        connection,
                        request + " was answered with " + response.status() + ": there is no such " + owner.noun()
                                + " or hook, or the token may not see it",
                        "check the connection's " + owner.noun() + ", and that its token has " + owner.permission());
            default -> general;
        };
    }
}
