package dev.sweepback.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.SettableClock;
import dev.sweepback.job.Settings;
import dev.sweepback.job.SignalSettings;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.InMemoryJournal;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.upgrade.Signals;
import dev.sweepback.upgrade.UpgradeState;
import dev.sweepback.upgrade.Upgrades;
import dev.sweepback.upgrade.Window;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** A server on loopback that takes signals, with one upgrade that is scheduled, and senders that sign by themselves. */
final class SignalScene implements AutoCloseable {

    static final UpgradeId UPGRADE = new UpgradeId("dten-2.4.0");
    static final String EVENTS = "/v1/upgrades/dten-2.4.0/events";
    static final String GITHUB = "/v1/signals/github";
    static final String ARGOCD = "/v1/signals/argocd";

    static final byte[] OLD_KEY = "an older key of thirty-two bytes".getBytes(UTF_8);
    static final byte[] NEW_KEY = "the newer key of enough bytes...".getBytes(UTF_8);
    static final byte[] STRANGE_KEY = "a key that nobody gave to anyone".getBytes(UTF_8);
    static final String OLD_TOKEN = "an-older-token-of-enough-bytes";
    static final String NEW_TOKEN = "the-newer-token-of-enough-bytes";

    final SettableClock clock = new SettableClock();
    final InMemoryJournal journal = new InMemoryJournal(clock);
    final Upgrades upgrades = new Upgrades(journal, clock);
    final SignalCounts counts = new SignalCounts();
    final RefusedSignals refused = new RefusedSignals(journal, clock);
    private final DaemonServer server;

    SignalScene() {
        this(60);
    }

    SignalScene(int perMinute) {
        this(new SignalSettings(refs("old", "new"), refs("old-plain", "new-plain"), refs("old-t", "new-t"), perMinute));
    }

    SignalScene(SignalSettings settings) {
        Instant now = clock.instant();
        upgrades.schedule(
                UPGRADE,
                "app",
                "1",
                "2",
                "production",
                new Window(now, now.plus(Duration.ofHours(2)), Duration.ZERO),
                Note.of(new Actor("local:0/tester", false)));
        server = serve(settings);
    }

    private DaemonServer serve(SignalSettings settings) {
        SignalRoutes signals = new SignalRoutes(
                SignalKeys.resolve(settings, SignalScene::secret),
                settings.perMinute(),
                new Signals(journal, clock),
                counts,
                refused,
                clock);
        return DaemonServer.start(new Settings.Server("127.0.0.1", 0), List.of(new MetricsRoute(counts), signals));
    }

    static List<SecretRef> refs(String... names) {
        return List.of(names).stream()
                .<SecretRef>map(SecretRef.Environment::new)
                .toList();
    }

    private static Secret secret(SecretRef reference) {
        return new Secret(
                switch (reference.toString()) {
                    case "env:old" -> Base64.getEncoder().encodeToString(OLD_KEY);
                    case "env:new" -> "whsec_" + Base64.getEncoder().encodeToString(NEW_KEY);
                    case "env:old-plain" -> new String(OLD_KEY, UTF_8);
                    case "env:new-plain" -> new String(NEW_KEY, UTF_8);
                    case "env:old-t" -> OLD_TOKEN;
                    case "env:new-t" -> NEW_TOKEN;
                    default -> throw new IllegalArgumentException(reference.toString());
                });
    }

    HttpRequest.Builder post(String path, String body) {
        return SignalSender.post(server.url() + path, body);
    }

    HttpRequest.Builder webhook(String id, Instant time, byte[] key, String body) {
        return webhook(EVENTS, id, time, signature(key, id, time, body), body);
    }

    HttpRequest.Builder webhook(String path, String id, Instant time, String signature, String body) {
        return SignalSender.webhook(server.url() + path, id, time, signature, body);
    }

    static String signature(byte[] key, String id, Instant time, String body) {
        return SignalSender.signature(key, id, time, body);
    }

    HttpRequest.Builder started(String id) {
        return webhook(
                id, clock.instant(), NEW_KEY, "{\"type\":\"upgrade.started\",\"data\":{\"upgrade\":\"dten-2.4.0\"}}");
    }

    HttpRequest.Builder github(byte[] key, String event, String body) {
        return SignalSender.github(server.url() + GITHUB, key, event, body);
    }

    HttpRequest.Builder argocd(String token, String body) {
        return post(ARGOCD, body).header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return SignalSender.send(request);
    }

    int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(request).statusCode();
    }

    String metrics() throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(server.url() + "/metrics")))
                .body();
    }

    String url() {
        return server.url();
    }

    UpgradeState state() {
        return upgrades.get(UPGRADE).state();
    }

    List<Entry> entries() {
        return journal.read(Query.all());
    }

    List<Entry> summaries() {
        return journal.read(Query.of(EntryType.SIGNALS_REFUSED));
    }

    @Override
    public void close() {
        server.close();
        refused.close();
    }
}
