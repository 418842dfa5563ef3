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
 * One token as {@code auth/token/lookup-accessor} shows it: all but its value (recording {@code
 * token-lookup-accessor-role-periodic-orphan-200}). Durations are seconds, zero for none.
 */
record Token(
        String accessor,
        String displayName,
        List<String> policies,
        Map<String, String> meta,
        Instant issuedAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastRenewedAt,
        long creationTtl,
        long explicitMaxTtl,
        long period,
        long numUses,
        boolean orphan,
        boolean renewable,
        String path,
        String type,
        String entityId,
        List<String> boundCidrs,
        Optional<String> role) {

    static final String KIND = "token";

    /** Meta of every token that undo issues: the reverting operation. */
    static final String OPERATION = "sweepback_op";

    /** Meta of a token that undo issues a lease under: the lease's path. */
    static final String ISSUES = "sweepback_issues";

    static final Fields FIELDS = new Fields(List.of(
            new Field("displayName", Fields.Type.TEXT, false, "its display name", "token-dten-migrator"),
            new Field("policies", Fields.Type.TEXTS, false, "its Vault policies", List.of("default", "dten")),
            new Field("meta", Fields.Type.TEXT_MAP, false, "what its creator noted", Map.of("upgrade", "dten-2")),
            new Field("issuedAt", Fields.Type.TIME, false, "when it was issued", Instant.parse("2026-11-20T10:00:00Z")),
            new Field("expiresAt", Fields.Type.TIME, true, "when it expires", Instant.parse("2026-11-21T10:00:00Z")),
            new Field(
                    "lastRenewedAt",
                    Fields.Type.TIME,
                    true,
                    "when it was last renewed",
                    Instant.parse("2026-11-20T11:00:00Z")),
            new Field("path", Fields.Type.TEXT, false, "what issued it", "auth/token/create"),
            new Field("role", Fields.Type.TEXT, true, "the token role that it was created through", "ops"),
            new Field("orphan", Fields.Type.BOOLEAN, false, "whether it has no parent", true),
            new Field("numUses", Fields.Type.NUMBER, false, "uses left; 0 for any number", 0L),
            new Field("type", Fields.Type.TEXT, false, "service or batch", "service"),
            new Field("renewable", Fields.Type.BOOLEAN, false, "whether its holder may renew it", true),
            new Field("period", Fields.Type.NUMBER, false, "seconds of a periodic token; 0 for others", 0L),
            new Field(
                    "entityId",
                    Fields.Type.TEXT,
                    true,
                    "the identity behind it",
                    "b4591edc-1ee9-11ba-dad2-4981d2aafaaa"),
            new Field(
                    "boundCidrs", Fields.Type.TEXTS, false, "the addresses it may be used from", List.of("10.0.0.0/8")),
            new Field("reissuable", Fields.Type.BOOLEAN, false, "whether undo may issue an equivalent one", true)));

    Token {
        policies = List.copyOf(policies);
        meta = Map.copyOf(meta);
        boundCidrs = List.copyOf(boundCidrs);
    }

    /** @throws Answered.Malformed if the data is not a token's, or another token's */
    static Token from(String accessor, Answered data) {
        if (!data.text("accessor").equals(accessor)) {
            throw new Answered.Malformed("accessor");
        }
        return new Token(
                accessor,
                data.text("display_name"),
                data.texts("policies"),
                data.textMap("meta"),
                data.time("issue_time"),
                data.optionalTime("expire_time"),
                data.optionalTime("last_renewal"),
                data.number("creation_ttl"),
                data.number("explicit_max_ttl"),
                data.numberOrZero("period"),
                data.number("num_uses"),
                data.flag("orphan"),
                data.flag("renewable"),
                data.text("path"),
                data.text("type"),
                data.text("entity_id"),
                data.texts("bound_cidrs"),
                data.optionalText("role"));
    }

    /** Why Sweepback never revokes this token. */
    Optional<String> untouchable(OwnTokens.Known own) {
        Optional<String> ownReason = Optional.ofNullable(own.reasons().get(accessor));
        if (ownReason.isPresent()) {
            return ownReason;
        }
        if (policies.contains("root")) {
            return Optional.of("a root token");
        }
        if (policies.contains("response-wrapping")) {
            return Optional.of("an unopened hand-over: it holds an answer that somebody has yet to unwrap");
        }
        if (meta.containsKey(ISSUES)) {
            return Optional.of("a lease that undo issued again lives under it");
        }
        return own.any();
    }

    /** What its revocation may take along; an orphan may, too, but has nobody above it that would count on it. */
    Optional<String> collateral() {
        return orphan
                ? Optional.empty()
                : Optional.of("it is no orphan, and may take child tokens and leases along, which Vault does not list");
    }

    Resource resource(ResourceRef ref, OwnTokens.Known own, boolean reissuable) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("displayName", displayName);
        fields.put("policies", policies);
        fields.put("meta", meta);
        fields.put("issuedAt", issuedAt);
        expiresAt.ifPresent(time -> fields.put("expiresAt", time));
        lastRenewedAt.ifPresent(time -> fields.put("lastRenewedAt", time));
        fields.put("path", path);
        role.ifPresent(name -> fields.put("role", name));
        fields.put("orphan", orphan);
        fields.put("numUses", numUses);
        fields.put("type", type);
        fields.put("renewable", renewable);
        fields.put("period", period);
        if (!entityId.isEmpty()) {
            fields.put("entityId", entityId);
        }
        fields.put("boundCidrs", boundCidrs);
        fields.put("reissuable", reissuable);
        return new Resource(
                ref,
                displayName + " " + accessor.substring(0, Math.min(8, accessor.length())) + "…",
                List.of(accessor, displayName),
                fields,
                Fingerprint.of(
                        accessor,
                        displayName,
                        String.join(",", policies),
                        new TreeMap<>(meta).toString(),
                        issuedAt.toString(),
                        path,
                        type,
                        entityId,
                        orphan + " " + renewable + " " + period + " " + explicitMaxTtl),
                lastRenewedAt.<Use>map(Use.At::new).orElseGet(Use.NotTold::new),
                untouchable(own),
                collateral());
    }

    /** What ticks is left out; a renewal shows by the time of expiry, a use of a counted token by the uses left. */
    State state() {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("accessor", accessor);
        content.put("display_name", displayName);
        policies.forEach(content.putArray("policies")::add);
        ObjectNode notes = content.putObject("meta");
        meta.forEach(notes::put);
        content.put("issue_time", issuedAt.toString());
        expiresAt.ifPresent(time -> content.put("expire_time", time.toString()));
        content.put("creation_ttl", creationTtl);
        content.put("explicit_max_ttl", explicitMaxTtl);
        content.put("period", period);
        content.put("num_uses", numUses);
        content.put("orphan", orphan);
        content.put("renewable", renewable);
        content.put("path", path);
        content.put("type", type);
        content.put("entity_id", entityId);
        boundCidrs.forEach(content.putArray("bound_cidrs")::add);
        return State.of(content);
    }
}
