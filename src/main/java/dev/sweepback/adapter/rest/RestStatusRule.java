package dev.sweepback.adapter.rest;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.adapter.http.StatusRule;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.job.Description;

/** By the status, and by what the description says of it. */
final class RestStatusRule implements StatusRule {

    private final Description.Answers answers;

    RestStatusRule(Description.Answers answers) {
        this.answers = answers;
    }

    @Override
    public ConnectorException judge(String connection, Request request, Response response) {
        if (answers.tryLater().contains(response.status())) {
            return new ConnectorException(
                    // any other may come from something in between, after the system has acted
                    response.status() == 429 ? Kind.THROTTLED : Kind.SYSTEM_ERROR,
                    connection,
                    request + " was answered with " + response.status() + ": the system asks to come back later",
                    "wait, or lower the rate and the connection's concurrency",
                    response.retryAfter());
        }
        return GENERAL.judge(connection, request, response);
    }
}
