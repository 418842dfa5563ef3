package dev.sweepback.adapter.launchdarkly;

import dev.sweepback.adapter.http.Api;
import dev.sweepback.adapter.http.Credential;
import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.Writer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Feature flags of one project, by LaunchDarkly's REST API of 2024-04-15. */
public final class LaunchDarklyFlags implements Connector {

    static final String ARCHIVE = "archive";
    static final String PROJECT = "project";

    /** What planning may send. */
    public static final ReadList READS = ReadList.of("GET /api/v2/flags/*", "GET /api/v2/flags/*/*");

    private static final String API_VERSION = "20240415";

    private static final Descriptor DESCRIPTOR = new Descriptor(
            "launchdarkly",
            "flag",
            "LaunchDarkly",
            true,
            List.of(
                    new Descriptor.Key(PROJECT, true, false, "the key of the project"),
                    new Descriptor.Key(
                            "token",
                            true,
                            true,
                            "an API access token that may read and archive its flags; no SDK key")),
            List.of(),
            Set.of(),
            FlagFields.FIELDS,
            List.of(new Descriptor.Action(
                            ARCHIVE,
                            '-',
                            Reversibility.EXACT,
                            List.of(),
                            "archives the flag in all environments; undo restores it, with its targeting as it was")
                    .leavingIt()),
            FlagState.BOOKKEEPING,
            false,
            false,
            1,
            1,
            FlagManual.MANUAL);

    private final HttpClients http;
    private final Secrets secrets;

    public LaunchDarklyFlags(HttpClients http, Secrets secrets) {
        this.http = http;
        this.secrets = secrets;
    }

    @Override
    public Descriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Reader reader(Connection connection) {
        return new LaunchDarklyReader(
                api(connection, http.reading(connection, READS)), new FlagResources(connection.name()));
    }

    @Override
    public Writer writer(Connection connection) {
        return new LaunchDarklyWriter(api(connection, http.writing(connection)));
    }

    @Override
    public Reversible reversible(String action, Resource resource, Instructions instructions) {
        return new Reversible(Reversibility.EXACT, List.of());
    }

    private LaunchDarklyApi api(Connection connection, Http client) {
        String project = connection
                .option(PROJECT)
                .orElseThrow(() -> new ConnectorException(
                        Kind.REJECTED,
                        connection.name(),
                        "it names no project",
                        "add the key 'project' to the connection"));
        Credential token = new Credential(connection, "token", secrets);
        Api api = new Api(
                connection.name(),
                client,
                () -> Map.of("Authorization", token.get().reveal(), "LD-API-Version", API_VERSION),
                new LaunchDarklyStatusRule());
        return new LaunchDarklyApi(api, connection.name(), project);
    }
}
