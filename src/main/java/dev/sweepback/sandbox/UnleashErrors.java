package dev.sweepback.sandbox;

import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Errors as Unleash writes them: a name to branch on, a message, the message again as a detail. */
final class UnleashErrors {

    private static final String INVALID =
            "Request validation failed: your request body or params contain invalid data. Refer to the `details` list for more information.";

    private UnleashErrors() {}

    static Refused notFound(String message) {
        return error(404, "NotFoundError", message);
    }

    static Refused noFlagFound() {
        return notFound("No feature flag found");
    }

    static Refused refusedByRule(String message) {
        return error(403, "InvalidOperationError", message);
    }

    static Refused archived() {
        return error(400, "ArchivedFeatureError", "Cannot perform this operation on archived features");
    }

    static Refused exists(boolean archived) {
        return error(409, "NameExistsError", (archived ? "An archived" : "A") + " flag with that name already exists");
    }

    static Refused badData(String message, String path) {
        ObjectNode body = Json.object();
        body.put("id", UUID.randomUUID().toString()).put("name", "BadDataError").put("message", INVALID);
        body.putArray("details").addObject().put("message", message).put("path", path);
        return new Refused(TwinResponse.json(400, body));
    }

    static Refused badTagType(String type) {
        ObjectNode body = Json.object().put("name", "BadDataError").put("message", INVALID);
        body.putArray("details").addObject().put("message", "Tag type '%s' does not exist".formatted(type));
        return new Refused(TwinResponse.json(400, body));
    }

    static Refused badName(String name) {
        ObjectNode body = Json.object().put("name", "BadDataError").put("message", INVALID);
        body.putArray("details")
                .addObject()
                .put("message", "\"name\" must be URL friendly. You provided \"%s\".".formatted(name));
        return new Refused(TwinResponse.json(400, body));
    }

    static Refused badSchema() {
        return badRequest(
                "A validation error occurred while processing your request data. Please make sure it conforms to the request data schema.");
    }

    /** The server broke; what it says is what its database said. */
    static Refused broken(String message) {
        return error(500, "UnknownError", message);
    }

    static Refused badRequest(String detail) {
        ObjectNode body = Json.object()
                .put("name", "BadDataError")
                .put(
                        "message",
                        "Request validation failed: your request body or params contain invalid data: " + detail);
        body.putArray("details").addObject().put("message", detail);
        return new Refused(TwinResponse.json(400, body));
    }

    static Refused malformed() {
        return new Refused(TwinResponse.json(400, Json.object().put("message", "Unexpected end of JSON input")));
    }

    static Refused noSuchPath(String path) {
        return withId(404, "NotFoundError", "The path you were looking for (%s) is not available.".formatted(path));
    }

    static Refused badToken() {
        return withId(401, "UnauthorizedError", "You must log in to use Unleash.");
    }

    static Refused noToken() {
        String message = "You must log in to use Unleash. Your request had no authorization header, so we could not"
                + " authorize you. Try logging in at /auth/simple/login";
        ObjectNode body = body("AuthenticationRequired", message);
        body.put("id", UUID.randomUUID().toString())
                .put("path", "/auth/simple/login")
                .put("type", "password")
                .put("defaultHidden", false);
        return new Refused(TwinResponse.json(401, body));
    }

    static Refused wrongKindOfToken() {
        return new Refused(TwinResponse.json(
                403, Json.object().put("message", "invalid token: expected a different token type for this endpoint")));
    }

    static Refused missingPermission(String permission) {
        return missingPermission("you need the \"%s\" permission.".formatted(permission), List.of(permission));
    }

    static Refused missingPermission(List<String> anyOf) {
        return missingPermission(
                "you need one of the following permissions: \"%s\".".formatted(String.join("\", \"", anyOf)), anyOf);
    }

    private static Refused missingPermission(String need, List<String> permissions) {
        ObjectNode body = body(
                "PermissionError",
                "You don't have the required permissions to perform this operation. To perform this action, " + need);
        body.put("id", UUID.randomUUID().toString()).set("permissions", Json.array(permissions));
        return new Refused(TwinResponse.json(403, body));
    }

    private static Refused withId(int status, String name, String message) {
        return new Refused(TwinResponse.json(
                status, body(name, message).put("id", UUID.randomUUID().toString())));
    }

    private static Refused error(int status, String name, String message) {
        return new Refused(TwinResponse.json(status, body(name, message)));
    }

    private static ObjectNode body(String name, String message) {
        ObjectNode body = Json.object().put("name", name).put("message", message);
        body.putArray("details").addObject().put("message", message);
        return body;
    }
}
