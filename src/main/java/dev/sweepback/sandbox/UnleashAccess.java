package dev.sweepback.sandbox;

import java.util.List;
import java.util.Set;

/** Who may do what: an admin token and an administrator all, an editor no tokens, a viewer nothing but read. */
final class UnleashAccess {

    private static final Set<String> PEOPLE =
            Set.of(UnleashParts.VIEWER, UnleashParts.EDITOR, UnleashParts.ADMINISTRATOR);

    private final UnleashTokens tokens;

    UnleashAccess(UnleashTokens tokens) {
        this.tokens = tokens;
    }

    static String token(TwinRequest request) {
        return request.header("authorization").replaceFirst("^Bearer ", "");
    }

    /** A person, unlike a token that belongs to nobody. */
    static boolean isSomebody(TwinRequest request) {
        return PEOPLE.contains(token(request));
    }

    void require(TwinRequest request, boolean ofClients) {
        String token = token(request);
        if (token.isEmpty()) {
            throw UnleashErrors.noToken();
        }
        boolean admin = isSomebody(request) || tokens.knows(token, "admin"::equals);
        if (!admin && !tokens.knows(token, type -> true)) {
            throw UnleashErrors.badToken();
        }
        boolean wrongKind = ofClients ? !tokens.knows(token, "client"::equals) : !admin;
        if (wrongKind && !token.equals(UnleashParts.VIEWER)) {
            throw UnleashErrors.wrongKindOfToken();
        }
        boolean reads = request.method().equals("GET");
        if (token.equals(UnleashParts.VIEWER) && !reads) {
            boolean removes =
                    request.method().equals("DELETE") || request.path().endsWith("/archive");
            throw UnleashErrors.missingPermission(removes ? "DELETE_FEATURE" : "UPDATE_FEATURE");
        }
        if (token.equals(UnleashParts.EDITOR) && !reads && request.path().startsWith("/api/admin/api-tokens")) {
            throw UnleashErrors.missingPermission(
                    List.of("ADMIN", "CREATE_CLIENT_API_TOKEN", "CREATE_FRONTEND_API_TOKEN"));
        }
    }
}
