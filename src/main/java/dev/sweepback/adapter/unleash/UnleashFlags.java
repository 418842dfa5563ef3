package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.http.Api;
import dev.sweepback.adapter.http.Credential;
import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Writer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Flags of one project of Unleash 7. Facts about the server come from exchanges recorded with 7.5.1. */
public final class UnleashFlags implements Connector {

    /** What planning may send. */
    public static final ReadList READS = ReadList.of(
            "GET /api/admin/projects",
            "GET /api/admin/search/features",
            "GET /api/admin/projects/*/features/*",
            "GET /api/admin/projects/*/features/*/environments/*/strategies",
            "GET /api/admin/features/*/tags");

    private static final Descriptor.Manual MANUAL = new Descriptor.Manual(
            "The flags of one project. Archived ones are no part of the population.",
            "lastSeenAt, the latest of all environments; it moves on archived flags too. A flag never seen counts as known since"
                    + " its creation.",
            "100 a page by offset; read again from the start when flags come or go meanwhile.",
            "None known.",
            "No. Between the re-check and the request lie milliseconds, not nothing.",
            List.of("An admin token, or a service account's: read projects, flags, strategies and tags; archive"
                    + " (DELETE_FEATURE), revive, set dependencies and switch environments in the project."),
            List.of("Flags are archived children first and revived parents first."));

    private static final Descriptor DESCRIPTOR = new Descriptor(
            "unleash",
            "flag",
            "Unleash",
            false,
            List.of(
                    new Descriptor.Key("project", true, false, "the id of the project whose flags are meant"),
                    new Descriptor.Key("token", true, true, "an admin token or the token of a service account")),
            List.of(),
            Set.of(),
            FlagFields.FIELDS,
            List.of(
                    new Descriptor.Action(
                            "archive",
                            '-',
                            Reversibility.EXACT,
                            List.of(),
                            "archives the flag: applications get its default; undo revives it with its environments and parents")),
            FlagState.BOOKKEEPING,
            true,
            100,
            MANUAL);

    private final HttpClients http;
    private final Secrets secrets;

    /** @param clock unused: Unleash is asked for all times; taken so that all connectors are made alike */
    @SuppressWarnings("unused") // the signature is shared by all connectors
    public UnleashFlags(HttpClients http, Secrets secrets, Clock clock) {
        this.http = http;
        this.secrets = secrets;
    }

    @Override
    public Descriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Reader reader(Connection connection) {
        return new UnleashReader(api(connection, http.reading(connection, READS)), connection.concurrency());
    }

    @Override
    public Writer writer(Connection connection) {
        return new UnleashWriter(api(connection, http.writing(connection)), http.pause(), connection.concurrency());
    }

    @Override
    public Reversible reversible(String action, Resource resource, Instructions instructions) {
        return new Reversible(Reversibility.EXACT, List.of());
    }

    /** A flag without its parents would not be as it was, and Unleash adds no parent that is archived. */
    @Override
    public List<ResourceRef> needs(ResourceRef flag, State before) {
        return before.content().path("dependencies").propertyNames().stream()
                .map(parent -> new ResourceRef(flag.kind(), flag.connection(), parent))
                .toList();
    }

    private UnleashApi api(Connection connection, Http client) {
        Credential token = new Credential(connection, "token", secrets);
        Api api = new Api(
                connection.name(),
                client,
                () -> Map.of("Authorization", token.get().reveal()),
                new UnleashStatusRule());
        return new UnleashApi(
                api, connection.name(), connection.option("project").orElseThrow());
    }
}
