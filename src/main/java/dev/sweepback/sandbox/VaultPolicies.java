package dev.sweepback.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Who may do what, simply: root all, others all but the path prefixes that one of their policies denies. */
final class VaultPolicies {

    private record Policy(List<String> denied, List<String> wrappedOnly) {}

    private final Map<String, Policy> policies = new HashMap<>();

    void put(String name, List<String> denied, List<String> wrappedOnly) {
        policies.put(name, new Policy(List.copyOf(denied), List.copyOf(wrappedOnly)));
    }

    boolean denies(VaultToken token, String path, boolean wrapped) {
        if (token.root()) {
            return false;
        }
        return of(token).stream()
                .anyMatch(policy -> policy.denied().stream().anyMatch(path::startsWith)
                        || (!wrapped && policy.wrappedOnly().stream().anyMatch(path::startsWith)));
    }

    private List<Policy> of(VaultToken token) {
        List<Policy> found = new ArrayList<>();
        for (String name : token.policies) {
            Policy policy = policies.get(name);
            if (policy != null) {
                found.add(policy);
            }
        }
        return found;
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
        if (denies(token, path, true)) {
            return List.of("deny");
        }
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
