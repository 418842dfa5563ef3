package dev.sweepback.adapter.github;

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
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Webhooks of one repository or organization, by GitHub's REST API of 2022-11-28, on github.com or an own server. */
public final class GithubWebhooks implements Connector {

    /** What planning may send. Those with a number are where GitHub's own links to further pages lead. */
    public static final ReadList READS = ReadList.of(
            "GET /repos/*/*/hooks",
            "GET /repos/*/*/hooks/*",
            "GET /repos/*/*/hooks/*/deliveries",
            "GET /repositories/*/hooks",
            "GET /repositories/*/hooks/*/deliveries",
            "GET /orgs/*/hooks",
            "GET /orgs/*/hooks/*",
            "GET /orgs/*/hooks/*/deliveries",
            "GET /organizations/*/hooks",
            "GET /organizations/*/hooks/*/deliveries");

    private static final Descriptor DESCRIPTOR = new Descriptor(
            "github",
            "webhook",
            "GitHub",
            false,
            List.of(
                    Descriptor.Key.oneOf(
                            HookOwner.KEYS, HookOwner.REPOSITORY, "the repository whose hooks are meant: owner/name"),
                    Descriptor.Key.oneOf(
                            HookOwner.KEYS,
                            HookOwner.ORGANIZATION,
                            "the organization whose own hooks are meant: its name"),
                    new Descriptor.Key("token", true, true, "a token that may read and write these webhooks")),
            List.of(),
            Set.of("secretRef"),
            HookFields.FIELDS,
            List.of(
                    new Descriptor.Action(
                            Hooks.DISABLE,
                            '~',
                            Reversibility.EXACT,
                            List.of(),
                            "sets the hook inactive: nothing is delivered until undo sets it active again"),
                    new Descriptor.Action(
                            Hooks.REMOVE,
                            '-',
                            Reversibility.LOSSY,
                            HookManual.LOST,
                            "removes the hook; undo re-creates it with another id, without deliveries, and without secret"
                                    + " unless the step's secretRef names it")),
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

    /** @param clock what the times of intents are by, to compare them with GitHub's */
    public GithubWebhooks(HttpClients http, Secrets secrets, Clock clock, Redaction redaction) {
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

    @Override
    public Reversible reversible(String action, Resource resource, Instructions instructions) {
        if (action.equals(Hooks.DISABLE)) {
            return new Reversible(Reversibility.EXACT, List.of());
        }
        boolean signed = Boolean.TRUE.equals(resource.fields().get("signed"));
        return new Reversible(
                Reversibility.LOSSY,
                signed && instructions.secretRef().isEmpty() ? HookManual.LOST : HookManual.LOST_BESIDES_SECRET);
    }

    private Hooks hooks(Connection connection, Http client) {
        HookOwner owner = HookOwner.of(connection);
        Credential token = new Credential(connection, "token", secrets);
        Api api = new Api(
                connection.name(),
                client,
                () -> Map.of(
                        "Authorization", "Bearer " + token.get().reveal(),
                        "Accept", "application/vnd.github+json",
                        "X-GitHub-Api-Version", "2022-11-28"),
                new GithubStatusRule(owner));
        return new GithubHooks(
                connection, new GithubApi(api, owner), new HookResources(connection.name(), redaction), secrets);
    }
}
