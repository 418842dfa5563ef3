package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Fields;
import dev.sweepback.connector.Fields.Field;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Use;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One secret-id of an AppRole as the look-up by its accessor shows it: all but its value (recording {@code
 * approle-secret-id-accessor-lookup-200}).
 *
 * @param lastUpdatedAt when Vault last wrote it; a login writes it where the uses are counted
 * @param numUses uses left; 0 where they are not counted
 * @param ttl seconds it was issued for; 0 if it does not expire
 */
record SecretId(
        SecretIdAddress address,
        Map<String, String> metadata,
        Instant issuedAt,
        Optional<Instant> expiresAt,
        Instant lastUpdatedAt,
        long numUses,
        long ttl,
        List<String> cidrList,
        List<String> tokenBoundCidrs) {

    static final String KIND = "secret-id";

    /** What the server writes itself at each login. */
    static final List<String> BOOKKEEPING = List.of("lastUpdatedAt");

    static final Fields FIELDS = new Fields(List.of(
            new Field("role", Fields.Type.TEXT, false, "the AppRole it belongs to", "dten-migrator"),
            new Field("mount", Fields.Type.TEXT, false, "where AppRole is mounted, below auth/", "approle"),
            new Field(
                    "accessor",
                    Fields.Type.TEXT,
                    false,
                    "its accessor, the last part of its id",
                    "1c84b871-95b1-8207-947e-4b6f976ca939"),
            new Field("metadata", Fields.Type.TEXT_MAP, false, "what its issuer noted", Map.of("upgrade", "dten-2")),
            new Field("issuedAt", Fields.Type.TIME, false, "when it was issued", Instant.parse("2026-11-20T10:00:00Z")),
            new Field("expiresAt", Fields.Type.TIME, true, "when it expires", Instant.parse("2026-11-21T10:00:00Z")),
            new Field(
                    "lastUpdatedAt",
                    Fields.Type.TIME,
                    false,
                    "when Vault last wrote it: its last login, if its uses are counted",
                    Instant.parse("2026-11-20T11:00:00Z")),
            new Field("numUses", Fields.Type.NUMBER, false, "uses left; 0 where they are not counted", 4L),
            new Field("cidrList", Fields.Type.TEXTS, false, "the addresses it may be used from", List.of("10.0.0.0/8")),
            new Field(
                    "tokenBoundCidrs",
                    Fields.Type.TEXTS,
                    false,
                    "the addresses that its tokens may be used from",
                    List.of("10.0.0.0/8"))));

    SecretId {
        metadata = Map.copyOf(metadata);
        cidrList = List.copyOf(cidrList);
        tokenBoundCidrs = List.copyOf(tokenBoundCidrs);
    }

    /** @throws Answered.Malformed if the data is not a secret-id's, or another one's */
    static SecretId from(SecretIdAddress address, Answered data) {
        if (!data.text("secret_id_accessor").equals(address.accessor())) {
            throw new Answered.Malformed("secret_id_accessor");
        }
        long ttl = data.number("secret_id_ttl");
        return new SecretId(
                address,
                data.textMap("metadata"),
                data.time("creation_time"),
                // one that does not expire has the year 1
                ttl == 0 ? Optional.empty() : data.optionalTime("expiration_time"),
                data.time("last_updated_time"),
                data.number("secret_id_num_uses"),
                ttl,
                data.texts("cidr_list"),
                data.texts("token_bound_cidrs"));
    }

    Resource resource(ResourceRef ref, Optional<String> untouchable) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("role", address.role().name());
        fields.put("mount", address.role().mount());
        fields.put("accessor", address.accessor());
        fields.put("metadata", metadata);
        fields.put("issuedAt", issuedAt);
        expiresAt.ifPresent(time -> fields.put("expiresAt", time));
        fields.put("lastUpdatedAt", lastUpdatedAt);
        fields.put("numUses", numUses);
        fields.put("cidrList", cidrList);
        fields.put("tokenBoundCidrs", tokenBoundCidrs);
        String accessor = address.accessor();
        return new Resource(
                ref,
                address.role() + " " + accessor.substring(0, Math.min(8, accessor.length())) + "…",
                List.of(accessor, address.role().name()),
                fields,
                Fingerprint.of(
                        ref.id(),
                        new TreeMap<>(metadata).toString(),
                        issuedAt.toString(),
                        Long.toString(ttl),
                        cidrList.toString(),
                        tokenBoundCidrs.toString()),
                lastUpdatedAt.isAfter(issuedAt) ? new Use.At(lastUpdatedAt) : new Use.NotTold(),
                untouchable);
    }

    /** A login shows by the uses left, where they are counted; when Vault wrote it last is left out. */
    State state() {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("mount", address.role().mount());
        content.put("role", address.role().name());
        content.put("accessor", address.accessor());
        ObjectNode notes = content.putObject("metadata");
        metadata.forEach(notes::put);
        content.put("creation_time", issuedAt.toString());
        expiresAt.ifPresent(time -> content.put("expiration_time", time.toString()));
        content.put("num_uses", numUses);
        content.put("ttl", ttl);
        cidrList.forEach(content.putArray("cidr_list")::add);
        tokenBoundCidrs.forEach(content.putArray("token_bound_cidrs")::add);
        return State.of(content);
    }
}
