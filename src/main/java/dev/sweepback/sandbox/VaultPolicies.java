package dev.sweepback.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may do what: root all; whoever has a policy written in the server's language, what that allows; others all but the
 * path prefixes that one of their policies denies.
 */
final class VaultPolicies {

    private record Denial(List<String> denied, List<String> wrappedOnly) {}

    /** What everybody may whose policies do not say otherwise, from the server's own {@code default}. */
    private static final VaultAcl DEFAULT = VaultAcl.parse("""
            path "auth/token/lookup-self" { capabilities = ["read"] }
            path "auth/token/renew-self" { capabilities = ["update"] }
            path "auth/token/revoke-self" { capabilities = ["update"] }
            path "sys/capabilities-self" { capabilities = ["update"] }
            path "sys/leases/lookup" { capabilities = ["update"] }
            path "sys/leases/renew" { capabilities = ["update"] }
            path "sys/wrapping/*" { capabilities = ["update"] }
            """);

    /** Paths that need {@code sudo} besides. */
    private static final List<String> SUDO = List.of(
            "auth/token/accessors", "sys/leases/lookup/", "sys/leases/revoke-prefix/", "sys/leases/revoke-force/");

    /** Needs no policy of its own. */
    private static final String MOUNTS = "sys/internal/ui/mounts/";

    private final Map<String, Denial> denials = new HashMap<>();
    private final Map<String, VaultAcl> written = new HashMap<>();

    void put(String name, List<String> denied, List<String> wrappedOnly) {
        denials.put(name, new Denial(List.copyOf(denied), List.copyOf(wrappedOnly)));
    }

    void write(String name, String policy) {
        written.put(name, VaultAcl.parse(policy));
    }

    TwinResponse write(Call call) {
        write(call.at("name"), Json.text(call.body(), "policy", ""));
        return VaultAnswers.done();
    }

    boolean denies(VaultToken token, String path, TwinRequest request) {
        if (token.root()) {
            return false;
        }
        boolean wrapped = !request.header("x-vault-wrap-ttl").isEmpty();
        if (isDenied(token, path, wrapped)) {
            return true;
        }
        List<VaultAcl> acls = acls(token);
        return !acls.isEmpty()
                && acls.stream()
                        .noneMatch(acl -> path.startsWith(MOUNTS)
                                ? acl.reaches(path.substring(MOUNTS.length()).replaceFirst("/.*", ""))
                                : allows(acl, path, request));
    }

    private boolean isDenied(VaultToken token, String path, boolean wrapped) {
        return token.policies.stream()
                .map(denials::get)
                .filter(Objects::nonNull)
                .anyMatch(denial -> denial.denied().stream().anyMatch(path::startsWith)
                        || (!wrapped && denial.wrappedOnly().stream().anyMatch(path::startsWith)));
    }

    private static boolean allows(VaultAcl acl, String path, TwinRequest request) {
        boolean lists = request.method().equals("LIST");
        String asked = lists && !path.endsWith("/") ? path + "/" : path;
        String capability = switch (request.method()) {
            case "GET" -> "read";
            case "LIST" -> "list";
            case "DELETE" -> "delete";
            default -> "update";
        };
        boolean sudo = SUDO.stream().anyMatch(asked::startsWith);
        return acl.rule(asked)
                .filter(rule -> rule.allows(capability, sudo, request))
                .isPresent();
    }

    private List<VaultAcl> acls(VaultToken token) {
        List<VaultAcl> acls = new ArrayList<>();
        for (String name : token.policies) {
            VaultAcl acl = written.get(name);
            if (acl != null) {
                acls.add(acl);
            }
        }
        if (!acls.isEmpty() && token.policies.contains("default")) {
            acls.add(DEFAULT);
        }
        return acls;
    }

    TwinResponse capabilities(VaultToken token, ObjectNode body) {
        ObjectNode data = Json.object();
        for (String path : Json.strings(body.path("paths"))) {
            data.set(path, Json.array(capabilities(token, path)));
        }
        ObjectNode answer = data.deepCopy();
        answer.setAll(VaultAnswers.envelope());
        answer.set("data", data);
        return VaultAnswers.plain(200, answer);
    }

    private List<String> capabilities(VaultToken token, String path) {
        if (token.root()) {
            return List.of("root");
        }
        List<VaultAcl> acls = acls(token);
        if (isDenied(token, path, true)) {
            return List.of("deny");
        }
        return acls.isEmpty() ? usual(path) : written(acls, path);
    }

    private static List<String> written(List<VaultAcl> acls, String path) {
        List<String> allowed = acls.stream()
                .flatMap(acl -> acl.rule(path).stream())
                .flatMap(rule -> rule.capabilities().stream())
                .distinct()
                .sorted()
                .toList();
        return allowed.isEmpty() ? List.of("deny") : allowed;
    }

    /** What somebody may who may all. */
    private static List<String> usual(String path) {
        if (path.startsWith("auth/token/accessors") || path.startsWith("sys/leases/lookup/")) {
            return List.of("list", "sudo");
        }
        if (path.startsWith("sys/") || path.startsWith("auth/token/")) {
            return path.endsWith("lookup-self") ? List.of("read") : List.of("update");
        }
        if (path.startsWith("database/creds/")) {
            return List.of("list", "read");
        }
        return List.of("create", "delete", "list", "read", "update");
    }
}
