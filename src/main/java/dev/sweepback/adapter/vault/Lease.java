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
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One lease as {@code sys/leases/lookup} shows it (recording {@code lease-lookup-200}).
 *
 * @param ttl seconds left; ticks, and so is no part of the state
 */
record Lease(
        String id,
        Instant issuedAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastRenewedAt,
        boolean renewable,
        long ttl) {

    static final String KIND = "lease";

    static final Fields FIELDS = new Fields(List.of(
            new Field(
                    "path",
                    Fields.Type.TEXT,
                    false,
                    "what issued it: database/creds/ROLE",
                    "database/creds/dten-migrator"),
            new Field("role", Fields.Type.TEXT, true, "the ROLE of MOUNT/creds/ROLE", "dten-migrator"),
            new Field("issuedAt", Fields.Type.TIME, false, "when it was issued", Instant.parse("2026-11-20T10:00:00Z")),
            new Field("expiresAt", Fields.Type.TIME, true, "when it expires", Instant.parse("2026-11-21T10:00:00Z")),
            new Field(
                    "lastRenewedAt",
                    Fields.Type.TIME,
                    true,
                    "when it was last renewed",
                    Instant.parse("2026-11-20T11:00:00Z")),
            new Field("renewable", Fields.Type.BOOLEAN, false, "whether its holder may renew it", true),
            new Field("ttl", Fields.Type.NUMBER, false, "seconds left", 3600L),
            new Field("reissuable", Fields.Type.BOOLEAN, false, "whether undo may issue an equivalent one", true)));

    /** The convention of engines that issue by a GET; others are written to, such as {@code pki/issue/ROLE}. */
    private static final Pattern READABLE = Pattern.compile(".+/creds/[^/]+");

    private static final Pattern OF_A_TOKEN = Pattern.compile("h[0-9a-f]{64}(\\.\\w+)?");

    /** @throws Answered.Malformed if the data is not a lease's, or another lease's */
    static Lease from(String id, Answered data) {
        if (!data.text("id").equals(id)) {
            throw new Answered.Malformed("id");
        }
        return new Lease(
                id,
                data.time("issue_time"),
                data.optionalTime("expire_time"),
                data.optionalTime("last_renewal"),
                data.flag("renewable"),
                data.number("ttl"));
    }

    static String path(String id) {
        int slash = id.lastIndexOf('/');
        return slash < 0 ? id : id.substring(0, slash);
    }

    /** Whether what issued it issues another when it is read again. */
    static boolean readable(String path) {
        return READABLE.matcher(path).matches();
    }

    /** The role that such a path names. */
    private static Optional<String> role(String path) {
        return readable(path) ? Optional.of(path.substring(path.lastIndexOf('/') + 1)) : Optional.empty();
    }

    /** Why Sweepback never revokes a lease of this id; a token with an id of its creator's choice has another form. */
    static Optional<String> untouchable(String id) {
        if (id.startsWith("auth/")) {
            return Optional.of("the lease of a token: select it by the kind token");
        }
        return OF_A_TOKEN.matcher(id.substring(id.lastIndexOf('/') + 1)).matches()
                ? Optional.of("an unopened hand-over: it holds a credential that somebody has yet to unwrap")
                : Optional.empty();
    }

    /** @param reissuable whether the connection has a role to issue through */
    Resource resource(ResourceRef ref, boolean reissuable) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("path", path(id));
        role(path(id)).ifPresent(role -> fields.put("role", role));
        fields.put("issuedAt", issuedAt);
        expiresAt.ifPresent(time -> fields.put("expiresAt", time));
        lastRenewedAt.ifPresent(time -> fields.put("lastRenewedAt", time));
        fields.put("renewable", renewable);
        fields.put("ttl", ttl);
        fields.put("reissuable", reissuable && readable(path(id)));
        return new Resource(
                ref,
                name(id),
                List.of(id),
                fields,
                Fingerprint.of(id, issuedAt.toString(), Boolean.toString(renewable)),
                lastRenewedAt.<Use>map(Use.At::new).orElseGet(Use.NotTold::new),
                untouchable(id));
    }

    /** The last renewal is part of it, so that a renewal shows as a change; what ticks is not. */
    State state() {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("id", id);
        content.put("path", path(id));
        content.put("issue_time", issuedAt.toString());
        expiresAt.ifPresent(time -> content.put("expire_time", time.toString()));
        lastRenewedAt.ifPresent(time -> content.put("last_renewal", time.toString()));
        content.put("renewable", renewable);
        return State.of(content);
    }

    static String name(String id) {
        String last = id.substring(id.lastIndexOf('/') + 1);
        return path(id) + "/…" + last.substring(Math.max(0, last.length() - 8));
    }
}
