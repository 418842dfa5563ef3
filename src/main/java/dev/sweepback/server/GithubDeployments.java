package dev.sweepback.server;

import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.Signal;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * GitHub's webhook event {@code deployment_status}. Only the body is signed: nothing that is decided rests on a header alone. Of
 * the body, which is GitHub's to extend, only what is needed is looked at.
 */
final class GithubDeployments implements SignalReader {

    /** Its bodies carry the whole repository, and the workflow's run with it twice more. */
    private static final int MOST_BYTES = 256 * 1024;

    private static final int LONGEST_REASON = 256;
    private static final String PREFIX = "sha256=";
    private static final Pattern SIGNATURE = Pattern.compile(PREFIX + "[0-9a-fA-F]{64}");

    private final List<byte[]> keys;

    GithubDeployments(List<byte[]> keys) {
        this.keys = List.copyOf(keys);
    }

    @Override
    public Receiver receiver() {
        return Receiver.GITHUB;
    }

    @Override
    public boolean isConfigured() {
        return !keys.isEmpty();
    }

    @Override
    public int mostBytes() {
        return MOST_BYTES;
    }

    @Override
    public void verify(SignalRequest request) {
        byte[] mac = request.header("X-Hub-Signature-256")
                .filter(value -> SIGNATURE.matcher(value).matches())
                .map(value -> HexFormat.of().parseHex(value.substring(PREFIX.length())))
                .orElseThrow(() -> SignalRefused.notBelieved(Refusal.SIGNATURE));
        if (!Hmac.isMadeWithAny(keys, request.body(), mac)) {
            throw SignalRefused.notBelieved(Refusal.SIGNATURE);
        }
    }

    @Override
    public Optional<Signal> read(SignalRequest request) {
        String event = request.header("X-GitHub-Event").orElse("");
        if (event.equals("ping")) {
            return Optional.empty();
        }
        if (!event.equals("deployment_status")) {
            throw new SignalRefused(
                    Refusal.EVENT,
                    "this event is not one that an upgrade follows",
                    "let the webhook send 'Deployment statuses' only");
        }
        ObjectNode body = StrictJson.object(request.body());
        ObjectNode status = StrictJson.section(body, "deployment_status");
        ObjectNode deployment = StrictJson.section(body, "deployment");
        String id = id(status);
        return move(StrictJson.required(status, "state"))
                .map(move -> new Signal(
                        receiver().word(),
                        id,
                        upgrade(deployment.path("payload")),
                        Optional.of(StrictJson.required(deployment, "environment")),
                        move,
                        StrictJson.time(status, "created_at"),
                        reason(body.path("sender").path("login"), deployment.path("url")),
                        Optional.empty()));
    }

    private static String id(ObjectNode status) {
        JsonNode id = status.path("id");
        if (!id.isIntegralNumber() || !id.canConvertToLong()) {
            throw SignalRefused.body("deployment_status.id is no whole number");
        }
        return String.valueOf(id.asLong());
    }

    private static Optional<Move> move(String state) {
        return switch (state) {
            case "success" -> Optional.of(Move.COMPLETE);
            case "failure", "error" -> Optional.of(Move.FAIL);
            case "in_progress" -> Optional.of(Move.START);
            default -> Optional.empty();
        };
    }

    /** Whoever creates a deployment gives its payload as an object, or as a text with one in it. */
    private static String upgrade(JsonNode payload) {
        ObjectNode read = payload.isString() ? StrictJson.object(payload.asString()) : StrictJson.object(payload);
        return StrictJson.text(read, "upgrade")
                .orElseThrow(() -> new SignalRefused(
                        Refusal.UPGRADE_MISSING,
                        "deployment.payload names no upgrade",
                        "create the deployment with the payload {\"upgrade\": \"ID\"}"));
    }

    private static Optional<String> reason(JsonNode login, JsonNode url) {
        String reason = Stream.of(login, url)
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .filter(StrictJson::isLine)
                .collect(Collectors.joining(", "));
        return Optional.of(reason).filter(text -> !text.isEmpty()).map(GithubDeployments::shortened);
    }

    private static String shortened(String text) {
        int[] characters = text.codePoints().limit(LONGEST_REASON).toArray();
        return new String(characters, 0, characters.length);
    }
}
