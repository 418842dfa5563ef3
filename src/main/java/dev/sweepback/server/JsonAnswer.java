package dev.sweepback.server;

import io.javalin.http.Context;
import tools.jackson.databind.node.ObjectNode;

/** Answers with JSON that nobody may keep. */
final class JsonAnswer {

    private JsonAnswer() {}

    static void give(Context context, int status, ObjectNode body) {
        context.status(status)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .result(body.toString());
    }
}
