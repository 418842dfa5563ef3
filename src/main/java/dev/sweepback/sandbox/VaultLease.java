package dev.sweepback.sandbox;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One lease: a secret that ends, or the token that it stands for. */
final class VaultLease {

    final String id;
    final String issuer;
    final Instant issuedAt;
    final Duration maxTtl;
    /** The accessor, where the lease is that of a token. */
    final @Nullable String token;

    final String username;
    boolean renewable = true;

    @Nullable
    Instant renewedAt;

    Instant expiresAt;

    VaultLease(
            String id,
            String issuer,
            Instant issuedAt,
            Instant expiresAt,
            Duration maxTtl,
            @Nullable String token,
            String username) {
        this.id = id;
        this.issuer = issuer;
        this.issuedAt = issuedAt;
        this.expiresAt = expiresAt;
        this.maxTtl = maxTtl;
        this.token = token;
        this.username = username;
    }

    String path() {
        return id.substring(0, id.lastIndexOf('/'));
    }

    String role() {
        return path().substring(path().lastIndexOf('/') + 1);
    }

    ObjectNode lookup(Instant now) {
        return Json.object()
                .put("expire_time", expiresAt.toString())
                .put("id", id)
                .put("issue_time", issuedAt.toString())
                .put("last_renewal", renewedAt == null ? null : renewedAt.toString())
                .put("renewable", renewable)
                .put("ttl", Math.max(0, Duration.between(now, expiresAt).toSeconds()));
    }

    ObjectNode dump() {
        ObjectNode dump = Json.object();
        dump.put("path", path()).put("renewable", renewable);
        dump.put("issue_time", issuedAt.toString()).put("expire_time", expiresAt.toString());
        dump.putObject("bookkeeping")
                .put("issuer", issuer)
                .put("last_renewal", renewedAt == null ? null : renewedAt.toString());
        return dump;
    }
}
