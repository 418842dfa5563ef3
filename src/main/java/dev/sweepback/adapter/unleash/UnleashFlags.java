package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.http.Api;
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
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Flags of one project of Unleash 7. Facts about the server come from exchanges recorded with 7.5.1. */
public final class UnleashFlags implements Connector {

    static final String ARCHIVE = "archive";
    static final String STALE = "stale";
    static final String DISABLE = "disable";
    static final String REMOVE = "remove";

    /** The key of {@code select} that names the environment to switch off. */
    static final String ENVIRONMENT = "environment";

    /** What planning may send. The export of many flags is no read: the server records it as an event. */
    public static final ReadList READS = ReadList.of(
            "GET /api/admin/projects",
            "GET /api/admin/environments",
            "GET /api/admin/search/features",
            "GET /api/admin/search/events",
            "GET /api/admin/projects/*/features/*",
            "GET /api/admin/projects/*/features/*/environments/*/strategies",
            "GET /api/admin/projects/*/features/*/environments/*/variants",
            "GET /api/admin/features/*/tags");

    private static final List<String> LOST =
            List.of("strategy ids", "link ids", "lifecycle", "creator", "favourites", "metrics");

    /** What a removal out of the archive loses besides: the archive does not show it, or does not let it be set. */
    private static final List<String> LOST_AT_MOST = Stream.concat(
                    LOST.stream(), Stream.of("links", "archivedAt", "environments shown as on"))
            .toList();

    static final List<Descriptor.Key> CONNECTION_KEYS = List.of(
            new Descriptor.Key("project", true, false, "the id of the project whose flags are meant"),
            new Descriptor.Key("token", true, true, "an admin token or the token of a service account"));

    private static final Descriptor.Manual MANUAL = new Descriptor.Manual(
            "The flags of one project. Archived ones are no part of the population.",
            "lastSeenAt, the latest of all environments; it moves on archived flags too. A flag never seen counts as known since"
                    + " its creation.",
            "100 a page by offset; read again from the start when flags come or go meanwhile.",
            "None known.",
            "No. Between the re-check and the request lie milliseconds, not nothing.",
            List.of(
                    "An admin token, or a service account's: read projects, environments, events, flags, strategies, variants and"
                            + " tags; archive and delete (DELETE_FEATURE), update and revive (UPDATE_FEATURE), set dependencies"
                            + " and switch environments in the project.",
                    "Undo of remove also creates flags (CREATE_FEATURE), strategies, variants, tags, and a type of tag that is"
                            + " gone meanwhile."),
            List.of(
                    "Flags are archived children first and revived parents first.",
                    "Never touched: a flag that is on in an environment without an enabled strategy, which Unleash could not"
                            + " bring back."));

    private static final Descriptor DESCRIPTOR = new Descriptor(
            "unleash",
            "flag",
            "Unleash",
            false,
            CONNECTION_KEYS,
            List.of(new Descriptor.Key(
                    ENVIRONMENT,
                    false,
                    false,
                    "the environment that action disable switches off, all that are on without it; selects no flags")),
            Set.of(),
            FlagFields.FIELDS,
            List.of(
                    new Descriptor.Action(
                                    ARCHIVE,
                                    '-',
                                    Reversibility.EXACT,
                                    List.of(),
                                    "archives the flag: applications get its default; undo revives it with its environments and parents")
                            .leavingIt(),
                    new Descriptor.Action(
                            STALE,
                            '~',
                            Reversibility.EXACT,
                            List.of(),
                            "marks the flag as stale, which changes nothing for applications; undo takes the mark off"),
                    new Descriptor.Action(
                            DISABLE,
                            '~',
                            Reversibility.EXACT,
                            List.of(),
                            "switches the flag off in select.environment, or wherever it is on; undo switches exactly those on"),
                    new Descriptor.Action(
                            REMOVE,
                            '-',
                            Reversibility.LOSSY,
                            LOST_AT_MOST,
                            "archives the flag and deletes it for good; undo creates it again")),
            FlagState.BOOKKEEPING,
            true,
            false,
            100,
            100,
            MANUAL);

    private final HttpClients http;
    private final Secrets secrets;

    public UnleashFlags(HttpClients http, Secrets secrets) {
        this.http = http;
        this.secrets = secrets;
    }

    @Override
    public Descriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Reader reader(Connection connection) {
        UnleashApi api = api(connection, client(connection, http.reading(connection, READS)));
        return new UnleashReader(api, connection.concurrency());
    }

    @Override
    public Writer writer(Connection connection) {
        Api client = client(connection, http.writing(connection));
        return new UnleashWriter(
                api(connection, client),
                new UnleashChanges(client, project(connection)),
                http.pause(),
                connection.concurrency());
    }

    @Override
    public Reversible reversible(String action, Resource resource, Instructions instructions) {
        if (!action.equals(REMOVE)) {
            return new Reversible(Reversibility.EXACT, List.of());
        }
        boolean archived = Boolean.TRUE.equals(resource.fields().get("archived"));
        return new Reversible(Reversibility.LOSSY, archived ? LOST_AT_MOST : LOST);
    }

    /** A flag without its parents would not be as it was, and Unleash adds no parent that is archived. */
    @Override
    public List<ResourceRef> needs(ResourceRef flag, State before) {
        return before.content().path("dependencies").propertyNames().stream()
                .map(parent -> new ResourceRef(flag.kind(), flag.connection(), parent))
                .toList();
    }

    private Api client(Connection connection, Http client) {
        return UnleashApi.client(connection, client, secrets);
    }

    private static UnleashApi api(Connection connection, Api client) {
        return new UnleashApi(client, connection.name(), project(connection));
    }

    private static String project(Connection connection) {
        return connection.option("project").orElseThrow();
    }
}
