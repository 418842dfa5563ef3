package dev.sweepback.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One token; a root token and others without an end have no expiry. */
final class VaultToken {

    final String id;
    final String accessor;
    final String path;
    final Instant issuedAt;

    @Nullable
    String parent;

    @Nullable
    Instant expiresAt;

    Duration ttl = Duration.ZERO;
    Duration explicitMaxTtl = Duration.ZERO;
    Duration period = Duration.ZERO;
    /** The period of the role that it was created through, which no lookup shows. */
    Duration rolePeriod = Duration.ZERO;

    /** What no renewal goes beyond, as the role says; zero where nothing is said. */
    Duration maxTtl = Duration.ZERO;

    /** The addresses that may use it; empty for any. */
    List<String> sources = List.of();

    /** What it opens, where it is a wrapping token; kept here so that both end together. */
    @Nullable
    TwinResponse wrapped;

    List<String> policies = List.of("default");

    @Nullable
    ObjectNode meta;

    String displayName = "token";
    String type = "service";
    String entityId = "";

    @Nullable
    String role;

    boolean orphan;
    boolean renewable = true;
    int uses;

    VaultToken(String id, String accessor, String path, Instant issuedAt) {
        this.id = id;
        this.accessor = accessor;
        this.path = path;
        this.issuedAt = issuedAt;
    }

    boolean root() {
        return policies.contains("root");
    }

    long secondsLeft(Instant now) {
        return expiresAt == null
                ? 0
                : Math.max(0, Duration.between(now, expiresAt).toSeconds());
    }

    /** The lease under which the token itself is kept. */
    String leaseId() {
        return path + "/h" + Json.sha256(id);
    }

    ObjectNode lookup(boolean withId, Instant now) {
        ObjectNode data = Json.object();
        data.put("accessor", accessor);
        if (!sources.isEmpty()) {
            data.set("bound_cidrs", Json.array(Cidr.shown(sources)));
        }
        data.put("creation_time", issuedAt.getEpochSecond()).put("creation_ttl", ttl.toSeconds());
        data.put("display_name", displayName).put("entity_id", entityId);
        data.put("expire_time", expiresAt == null ? null : expiresAt.toString());
        data.put("explicit_max_ttl", explicitMaxTtl.toSeconds()).put("id", withId ? id : "");
        data.put("issue_time", issuedAt.toString());
        data.set("meta", meta == null ? Json.object().nullNode() : meta.deepCopy());
        data.put("num_uses", uses).put("orphan", orphan).put("path", path);
        if (!period.isZero()) {
            data.put("period", period.toSeconds());
        }
        data.set("policies", Json.array(policies));
        data.put("renewable", renewable);
        if (role != null) {
            data.put("role", role);
        }
        return data.put("ttl", secondsLeft(now)).put("type", type);
    }

    ObjectNode auth(Instant now) {
        ObjectNode auth = Json.object().put("client_token", id).put("accessor", type.equals("batch") ? "" : accessor);
        auth.set("policies", Json.array(policies));
        auth.set("token_policies", Json.array(policies));
        auth.set("metadata", meta == null ? Json.object().nullNode() : meta.deepCopy());
        auth.put("lease_duration", secondsLeft(now)).put("renewable", renewable);
        return auth.put("entity_id", entityId).put("token_type", type).put("orphan", orphan);
    }

    ObjectNode dump() {
        ObjectNode dump = Json.object();
        dump.put("display_name", displayName)
                .put("type", type)
                .put("path", path)
                .put("orphan", orphan);
        dump.put("renewable", renewable).put("num_uses", uses).put("role", role);
        dump.set("policies", Json.array(policies.stream().sorted().toList()));
        dump.set("meta", meta == null ? Json.object() : meta.deepCopy());
        dump.put("issue_time", issuedAt.toString())
                .put("expire_time", expiresAt == null ? null : expiresAt.toString())
                .put("ttl_seconds", ttl.toSeconds())
                .put("explicit_max_ttl_seconds", explicitMaxTtl.toSeconds())
                .put("period_seconds", period.toSeconds());
        dump.putObject("bookkeeping").put("parent", parent);
        return dump;
    }
}
