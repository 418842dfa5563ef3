package dev.sweepback.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** One secret-id as its role keeps it. */
final class VaultSecretId {

    final SecretId secret;
    final ObjectNode metadata;
    final List<String> sources;
    final List<String> tokenSources;
    final Instant createdAt;
    final Duration ttl;
    Instant updatedAt;
    /** 0 where uses are not counted. */
    int uses;

    VaultSecretId(
            SecretId secret,
            ObjectNode metadata,
            List<String> sources,
            List<String> tokenSources,
            Instant createdAt,
            Duration ttl) {
        this.secret = secret;
        this.metadata = metadata;
        this.sources = List.copyOf(sources);
        this.tokenSources = List.copyOf(tokenSources);
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
        this.ttl = ttl;
    }

    boolean ended(Instant now) {
        return !ttl.isZero() && !createdAt.plus(ttl).isAfter(now);
    }

    /** Shows everything but the secret-id (recording: approle-secret-id-accessor-lookup). */
    ObjectNode lookup() {
        ObjectNode json = Json.object();
        json.set("cidr_list", Json.array(sources));
        json.put("creation_time", createdAt.toString());
        json.put(
                "expiration_time",
                ttl.isZero() ? "0001-01-01T00:00:00Z" : createdAt.plus(ttl).toString());
        json.put("last_updated_time", updatedAt.toString());
        json.set("metadata", metadata.deepCopy());
        json.put("secret_id_accessor", secret.accessor()).put("secret_id_num_uses", uses);
        json.put("secret_id_ttl", ttl.toSeconds()).set("token_bound_cidrs", Json.array(tokenSources));
        return json;
    }

    ObjectNode dump(String role) {
        ObjectNode dump = Json.object().put("role", role);
        dump.set("metadata", metadata.deepCopy());
        dump.set("cidr_list", Json.array(sources));
        dump.set("token_bound_cidrs", Json.array(tokenSources));
        return dump.put("num_uses", uses).put("creation_time", createdAt.toString());
    }
}
