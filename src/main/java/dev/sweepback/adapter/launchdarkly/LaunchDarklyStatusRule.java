package dev.sweepback.adapter.launchdarkly;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.adapter.http.StatusRule;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;

/**
 * What LaunchDarkly says in its own way ("Errors" in the overview of its API): 409 is also a test of the version that failed, and
 * 405 a change that its environments let through with an approval only. A limit is 429 and judged as everywhere.
 */
final class LaunchDarklyStatusRule implements StatusRule {

    @Override
    public ConnectorException judge(String connection, Request request, Response response) {
        return switch (response.status()) {
            case 404 ->
                new ConnectorException(
                        Kind.NOT_FOUND,
                        connection,
                        request
                                + " was answered with 404: there is no such project or flag, or the token may not see it",
                        "check the connection's project, and what the token's role may see");
            case 405 ->
                new ConnectorException(
                        Kind.CONFLICT,
                        connection,
                        request + " is not let through by LaunchDarkly, as where a change needs an approval",
                        "look whether the project's environments require approvals, and archive the flag by hand then");
            case 409 ->
                new ConnectorException(
                        Kind.CONFLICT,
                        connection,
                        request + " was answered with 409: the flag was changed in the same moment; it was left alone",
                        "look at the flag in LaunchDarkly, then plan again");
            default -> GENERAL.judge(connection, request, response);
        };
    }
}
