package dev.sweepback.adapter.unleash;

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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Webhooks of Unleash 7: its integrations of provider {@code webhook}. Facts come from exchanges recorded with 7.5.1. */
public final class UnleashWebhooks implements Connector {

    static final String DISABLE = "disable";
    static final String REMOVE = "remove";

    /** What planning may send. */
    public static final ReadList READS = ReadList.of("GET /api/admin/addons", "GET /api/admin/search/events");

    /** More than {@link WebhookWriter#REMEMBERED}, and a length that people write. */
    private static final Duration REST = Duration.ofMinutes(2);

    private static final List<String> LOST = List.of("id", "createdAt", "delivery history");

    private static final Descriptor.Manual MANUAL = new Descriptor.Manual(
            "Integrations of provider webhook, whatever projects they are limited to. Those of other providers (slack-app,"
                    + " teams, datadog, new-relic) are never listed.",
            "Not told.",
            "No pages: one list.",
            "None known.",
            "No. Between the re-check and the request lie milliseconds, not nothing.",
            List.of(
                    "An admin token: read, update, create and delete addons (UPDATE_ADDON, CREATE_ADDON, DELETE_ADDON), read"
                            + " events."),
            List.of(
                    "Unleash hides url, authorization and customHeaders. They are never kept; undo of remove takes them from the"
                            + " step's secretRef, a JSON object: {\"17\": {\"url\": \"https://…\"}}, by the webhook's number."
                            + " Without it remove is refused.",
                    "Disabling takes up to 60 s to act."));

    private static final Descriptor DESCRIPTOR = new Descriptor(
            "unleash",
            "webhook",
            "Unleash",
            false,
            UnleashFlags.CONNECTION_KEYS,
            List.of(),
            Set.of("secretRef"),
            WebhookFields.FIELDS,
            List.of(
                    new Descriptor.Action(
                            DISABLE,
                            '~',
                            Reversibility.EXACT,
                            List.of(),
                            "disables the integration: nothing is delivered until undo enables it again"),
                    new Descriptor.Action(
                                    REMOVE,
                                    '-',
                                    Reversibility.LOSSY,
                                    LOST,
                                    "removes the integration, out of a quarantine only; undo creates it again with another id")
                            .afterRest(REST)),
            WebhookState.BOOKKEEPING,
            false,
            false,
            1,
            1,
            MANUAL);

    private final HttpClients http;
    private final Secrets secrets;
    private final Clock clock;
    private final Redaction redaction;
    private final Recreated created = new Recreated();

    /** @param clock what the times of intents are by, to compare them with Unleash's */
    public UnleashWebhooks(HttpClients http, Secrets secrets, Clock clock, Redaction redaction) {
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
        WebhookApi api = api(connection, http.reading(connection, READS));
        return new WebhookReader(api, webhooks(connection), look(connection, api));
    }

    @Override
    public Writer writer(Connection connection) {
        WebhookApi api = api(connection, http.writing(connection));
        return new WebhookWriter(api, look(connection, api), new WebhookSecrets(secrets), created);
    }

    @Override
    public Reversible reversible(String action, Resource resource, Instructions instructions) {
        if (action.equals(DISABLE)) {
            return new Reversible(Reversibility.EXACT, List.of());
        }
        List<String> masked = resource.fields().get("masked") instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of();
        Optional<String> objection = new WebhookSecrets(secrets).objection(resource.ref(), masked, instructions);
        return objection
                .map(why -> new Reversible(Reversibility.NONE, List.of(why)))
                .orElseGet(() -> new Reversible(Reversibility.LOSSY, LOST));
    }

    private WebhookLook look(Connection connection, WebhookApi api) {
        return new WebhookLook(api, webhooks(connection), clock, created);
    }

    private WebhookResources webhooks(Connection connection) {
        return new WebhookResources(connection.name(), redaction);
    }

    private WebhookApi api(Connection connection, Http client) {
        return new WebhookApi(UnleashApi.client(connection, client, secrets), connection.name(), clock);
    }
}
