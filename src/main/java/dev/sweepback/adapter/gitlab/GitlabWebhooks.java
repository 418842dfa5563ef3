package dev.sweepback.adapter.gitlab;

import dev.sweepback.adapter.hook.HookReader;
import dev.sweepback.adapter.hook.HookWriter;
import dev.sweepback.adapter.hook.Hooks;
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
import dev.sweepback.connector.Recreated;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.Writer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Webhooks of one project or group, by GitLab's REST API v4, on gitlab.com or an own server. */
public final class GitlabWebhooks implements Connector {

    /** What planning may send. */
    public static final ReadList READS = ReadList.of(
            "GET /api/v4/projects/*/hooks",
            "GET /api/v4/projects/*/hooks/*",
            "GET /api/v4/groups/*/hooks",
            "GET /api/v4/groups/*/hooks/*");

    private static final Descriptor DESCRIPTOR = new Descriptor(
            "gitlab",
            "webhook",
            "GitLab",
            true,
            List.of(
                    Descriptor.Key.oneOf(
                            HookOwner.KEYS,
                            HookOwner.PROJECT,
                            "the project whose hooks are meant: its number or its path, acme/dten"),
                    Descriptor.Key.oneOf(
                            HookOwner.KEYS,
                            HookOwner.GROUP,
                            "the group whose own hooks are meant: its number or its path"),
                    new Descriptor.Key("token", true, true, "an access token that may read and write these webhooks")),
            List.of(),
            Set.of("secretRef"),
            HookFields.FIELDS,
            List.of(
                    new Descriptor.Action(
                            Hooks.DISABLE,
                            '~',
                            Reversibility.LOSSY,
                            List.of(HookManual.TOKEN, HookManual.URL_VARIABLES, HookManual.CUSTOM_HEADERS),
                            "sets all events off: nothing is delivered until undo sets them on again; that what GitLab does"
                                    + " not show stays meanwhile is documented and not proven"),
                    new Descriptor.Action(
                            Hooks.REMOVE,
                            '-',
                            Reversibility.LOSSY,
                            List.of("id", "recent events", HookManual.TOKEN, HookManual.CUSTOM_HEADERS),
                            "removes the hook; undo re-creates it with another id, without recent events and custom headers, and"
                                    + " without token unless the step's secretRef names it")),
            HookState.BOOKKEEPING,
            false,
            false,
            1,
            Hooks.UNDO_BATCH,
            HookManual.MANUAL);

    private final HttpClients http;
    private final Secrets secrets;
    private final Clock clock;
    private final Redaction redaction;
    private final Recreated created = new Recreated();

    /** @param clock what the times of intents are by, to compare them with GitLab's */
    public GitlabWebhooks(HttpClients http, Secrets secrets, Clock clock, Redaction redaction) {
        this.http = http;
        this.secrets = secrets;
        this.clock = clock;
        this.redaction = redaction;
    }

    @Override
    public Descriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Reader reader(Connection connection) {
        Hooks hooks = hooks(connection, http.reading(connection, READS));
        return new HookReader(hooks, secrets, clock, created);
    }

    @Override
    public Writer writer(Connection connection) {
        Hooks hooks = hooks(connection, http.writing(connection));
        return new HookWriter(hooks, clock, created);
    }

    /** GitLab does not tell whether a hook has a token, so that each may lose one. */
    @Override
    public Reversible reversible(String action, Resource resource, Instructions instructions) {
        boolean variables = has(resource, "urlVariables");
        boolean removes = action.equals(Hooks.REMOVE);
        if (removes && variables) {
            return new Reversible(Reversibility.NONE, List.of());
        }
        List<String> lost = new ArrayList<>(removes ? HookManual.LOST_BY_REMOVAL : List.of());
        if (!removes || instructions.secretRef().isEmpty()) {
            lost.add(HookManual.TOKEN);
        }
        if (variables) {
            lost.add(HookManual.URL_VARIABLES);
        }
        if (has(resource, "customHeaders")) {
            lost.add(HookManual.CUSTOM_HEADERS);
        }
        return new Reversible(Reversibility.LOSSY, lost);
    }

    private static boolean has(Resource resource, String field) {
        return resource.fields().get(field) instanceof List<?> keys && !keys.isEmpty();
    }

    private Hooks hooks(Connection connection, Http client) {
        HookOwner owner = HookOwner.of(connection);
        Credential token = new Credential(connection, "token", secrets);
        Api api = new Api(
                connection.name(),
                client,
                () -> Map.of("PRIVATE-TOKEN", token.get().reveal()),
                new GitlabStatusRule(owner));
        return new GitlabHooks(
                connection,
                new GitlabApi(api, connection.name(), owner),
                new HookResources(connection.name(), redaction),
                secrets);
    }
}
