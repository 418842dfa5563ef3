package dev.sweepback.sandbox;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An answer and the form in which it leaves. */
record Wire(TwinResponse response, Form form) {

    enum Form {
        WHOLE,
        CUT,
        RESET
    }

    static Wire whole(TwinResponse response) {
        return new Wire(response, Form.WHOLE);
    }

    ResponseDefinition definition() {
        ResponseDefinitionBuilder builder = new ResponseDefinitionBuilder().withStatus(response.status());
        response.headers().forEach(builder::withHeader);
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        return switch (form) {
            case WHOLE -> builder.withBody(body).build();
            // promises more than is sent: the server has to break the connection off
            case CUT ->
                builder.withHeader("Content-Length", Integer.toString(body.length + 64))
                        .withBody(Arrays.copyOf(body, body.length / 2))
                        .build();
            case RESET ->
                builder.withFault(com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER)
                        .build();
        };
    }
}
