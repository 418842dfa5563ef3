package dev.sweepback.job;

import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Fields;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.connector.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Connectors that say what they are and open nothing. */
final class TestCatalog {

    static final Instant SOME_TIME = Instant.parse("2026-05-01T12:00:00Z");

    static final Fields FLAG = new Fields(List.of(
            field("name", Fields.Type.TEXT, false, "dark-mode"),
            field("type", Fields.Type.TEXT, false, "release"),
            field("tags", Fields.Type.TEXTS, false, List.of("upgrade:u1")),
            field("stale", Fields.Type.BOOLEAN, false, false),
            field("createdAt", Fields.Type.TIME, false, SOME_TIME),
            field("lastSeenAt", Fields.Type.TIME, true, SOME_TIME)));

    static final Fields WEBHOOK = new Fields(List.of(
            field("url", Fields.Type.TEXT, false, "https://dten.example.com/v2/hook"),
            field("active", Fields.Type.BOOLEAN, false, true),
            field("events", Fields.Type.TEXTS, false, List.of("push")),
            field("createdAt", Fields.Type.TIME, false, SOME_TIME)));

    static final Fields LEASE = new Fields(List.of(
            field("issuedAt", Fields.Type.TIME, false, SOME_TIME),
            field("expiresAt", Fields.Type.TIME, false, SOME_TIME),
            field("path", Fields.Type.TEXT, false, "database/creds/app"),
            field("lastRenewedAt", Fields.Type.TIME, true, SOME_TIME),
            field("renewable", Fields.Type.BOOLEAN, false, true),
            field("renewals", Fields.Type.NUMBER, false, 3L)));

    static final Fields TOKEN = new Fields(List.of(
            field("displayName", Fields.Type.TEXT, false, "token-ci"),
            field("policies", Fields.Type.TEXTS, false, List.of("default")),
            field("meta", Fields.Type.TEXT_MAP, false, Map.of("upgrade", "u1")),
            field("issuedAt", Fields.Type.TIME, false, SOME_TIME),
            field("expiresAt", Fields.Type.TIME, true, SOME_TIME),
            field("path", Fields.Type.TEXT, false, "auth/token/create"),
            field("orphan", Fields.Type.BOOLEAN, false, false)));

    private static final List<Descriptor.Key> VAULT_KEYS = List.of(
            Descriptor.Key.oneOf("how to log in", "auth.token", Descriptor.Key.Form.SECRET, "the token"),
            Descriptor.Key.oneOf("how to log in", "auth.tokenFile", Descriptor.Key.Form.FILE, "a file with the token"),
            new Descriptor.Key("auth.appRole.roleId", true, true, "the role id"),
            new Descriptor.Key("auth.appRole.secretId", true, true, "a secret-id"),
            new Descriptor.Key("auth.appRole.mount", false, false, "where AppRole is mounted"),
            new Descriptor.Key("reissueRole", false, false, "the token role that issues again"),
            Descriptor.Key.optionalTime("handoverTtl", "how long a hand-over can be unwrapped"));

    private TestCatalog() {}

    static Catalog catalog() {
        return new Catalog(List.of(
                connector(
                        "unleash",
                        "flag",
                        List.of(
                                new Descriptor.Key("project", true, false, "the project"),
                                new Descriptor.Key("token", true, true, "an admin token")),
                        List.of(),
                        FLAG,
                        List.of(action("archive", Reversibility.EXACT))),
                connector(
                        "github",
                        "webhook",
                        List.of(
                                Descriptor.Key.oneOf("whose hooks are meant", "repository", "owner/name"),
                                Descriptor.Key.oneOf("whose hooks are meant", "organization", "its name"),
                                new Descriptor.Key("token", true, true, "a token")),
                        List.of(),
                        WEBHOOK,
                        List.of(
                                action("disable", Reversibility.EXACT),
                                action("remove", Reversibility.LOSSY),
                                action("forget", Reversibility.NONE))),
                connector(
                        "vault",
                        "lease",
                        VAULT_KEYS,
                        List.of(new Descriptor.Key("prefix", true, false, "where the leases are")),
                        LEASE,
                        List.of(action("revoke", Reversibility.REISSUE))),
                connector(
                        "vault",
                        "token",
                        VAULT_KEYS,
                        List.of(new Descriptor.Key("prefix", false, false, "where the tokens are")),
                        TOKEN,
                        List.of(action("revoke", Reversibility.REISSUE)))));
    }

    private static Fields.Field field(String name, Fields.Type type, boolean optional, Object sample) {
        return new Fields.Field(name, type, optional, name, sample);
    }

    private static Descriptor.Action action(String name, Reversibility reversibility) {
        return new Descriptor.Action(name, name.equals("disable") ? '~' : '-', reversibility, List.of(), name);
    }

    private static Set<String> stepKeys(String kind) {
        return kind.equals("webhook") ? Set.of("secretRef") : Set.of();
    }

    private static Connector connector(
            String type,
            String kind,
            List<Descriptor.Key> connectionKeys,
            List<Descriptor.Key> selectKeys,
            Fields fields,
            List<Descriptor.Action> actions) {
        Descriptor descriptor = new Descriptor(
                type,
                kind,
                type,
                false,
                connectionKeys,
                selectKeys,
                stepKeys(kind),
                fields,
                actions,
                List.of(),
                false,
                kind.equals("token"),
                1,
                1,
                Descriptor.Manual.NONE);
        return new Connector() {
            @Override
            public Descriptor descriptor() {
                return descriptor;
            }

            @Override
            public Reader reader(Connection connection) {
                throw new UnsupportedOperationException("files are read without a network");
            }

            @Override
            public Writer writer(Connection connection) {
                throw new UnsupportedOperationException("files are read without a network");
            }

            @Override
            public Reversible reversible(String action, Resource resource, Instructions instructions) {
                throw new UnsupportedOperationException("files are read without a network");
            }
        };
    }
}
