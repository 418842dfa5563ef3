package dev.sweepback.adapter.http;

import java.time.Duration;

/** One request in the line of its connection, which it may come back to when it was refused. */
final class LinedRequest {

    private final Request request;
    private Duration waited = Duration.ZERO;
    private String story;

    LinedRequest(Request request) {
        this.request = request;
        this.story = request + " was not sent";
    }

    /** How long it has been waiting for limits of the system, in all. */
    Duration waited() {
        return waited;
    }

    void waited(Duration more) {
        waited = waited.plus(more);
    }

    void refused(Response response) {
        story = request + " was refused with " + response.status();
    }

    /** What has become of it so far, for messages. */
    @Override
    public String toString() {
        return story;
    }
}
