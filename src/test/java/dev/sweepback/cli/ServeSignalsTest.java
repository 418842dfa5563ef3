package dev.sweepback.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.RunState;
import dev.sweepback.sandbox.DtenScenario;
import dev.sweepback.schedule.ByHand;
import dev.sweepback.server.SignalSender;
import dev.sweepback.upgrade.UpgradeState;
import dev.sweepback.upgrade.Upgrades;
import dev.sweepback.upgrade.Window;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signals to the daemon within this process, on its store. */
final class ServeSignalsTest extends ServeScene {

    private static final byte[] KEY = "a key of thirty-two random bytes".getBytes(UTF_8);
    private static final String TOKEN = "a-token-of-enough-bytes-for-argo";

    @BeforeEach
    void configure() {
        home.write(
                "sweepback.yaml",
                home.settings(1)
                        .replace(
                                "server: {listen: \"127.0.0.1:0\"}",
                                "server: {listen: \"127.0.0.1:0\", signals: {webhooks: {secrets: [\"env:HOOKS\"]},"
                                        + " argocd: {tokens: [\"env:ARGOCD\"]}}}"));
    }

    private Outside outside(Map<String, String> more, UnaryOperator<Journal> journal) {
        Map<String, String> environment = new HashMap<>(home.environment());
        environment.putAll(more);
        return new Outside(
                environment, home.clock, home.clock, System.out, System.err, false, UnaryOperator.identity(), journal);
    }

    private static Map<String, String> secrets() {
        return Map.of("HOOKS", "whsec_" + Base64.getEncoder().encodeToString(KEY), "ARGOCD", TOKEN);
    }

    private Serving serveSignals() {
        return serve(outside(secrets(), UnaryOperator.identity()));
    }

    private void schedule(Journal journal) {
        Instant now = home.clock.instant();
        new Upgrades(journal, home.clock)
                .schedule(
                        SandboxHome.UPGRADE,
                        DtenScenario.PACKAGE,
                        DtenScenario.FROM_VERSION,
                        DtenScenario.TO_VERSION,
                        DtenScenario.ENVIRONMENT,
                        new Window(now, now.plus(DtenScenario.WINDOW), Duration.ofMinutes(30)),
                        SandboxHome.SOMEBODY);
    }

    private HttpRequest.Builder event(Serving serving, String id, String type) {
        Instant now = home.clock.instant();
        String body = "{\"type\":\"" + type + "\",\"data\":{\"upgrade\":\"" + SandboxHome.UPGRADE + "\"}}";
        return SignalSender.webhook(
                serving.url() + "/v1/upgrades/" + SandboxHome.UPGRADE + "/events",
                id,
                now,
                SignalSender.signature(KEY, id, now, body),
                body);
    }

    private static UpgradeState state(Journal journal) {
        return Upgrades.find(journal, SandboxHome.UPGRADE).orElseThrow().state();
    }

    private static List<Entry> refused(Serving serving) {
        return serving.journal().read(Query.of(EntryType.SIGNALS_REFUSED));
    }

    @Test
    void aJobRunsAfterAnUpgradeThatOnlySignalsToldOf() throws Exception {
        home.scenario.seedBefore();
        try (Serving serving = serveSignals()) {
            schedule(serving.journal());
            home.clock.moveOn(Duration.ofMinutes(5));
            SignalSender.send(event(serving, "msg_1", "upgrade.started"));
            home.clock.moveOn(Duration.ofMinutes(10));
            home.scenario.duringWindow();
            home.clock.moveOn(Duration.ofMinutes(60));
            SignalSender.send(event(serving, "msg_2", "upgrade.completed"));
            home.clock.moveOn(Duration.ofHours(3));
            home.scenario.afterWindow();
            home.clock.moveOn(Duration.ofDays(8));
            home.scenario.applicationsEvaluate();
            enable(serving.journal());

            time.beat();

            assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
            assertThat(serving.journal().verify().problem()).isEmpty();
        }
    }

    @Test
    void anEventThatWasTakenBeforeARestartIsNotTakenAgain() throws Exception {
        HttpRequest.Builder captured;
        try (Serving serving = serveSignals()) {
            schedule(serving.journal());
            captured = event(serving, "msg_1", "upgrade.started");
            assertThat(SignalSender.send(captured).body()).contains("\"result\":\"recorded\"");
        }

        try (Serving serving = serveSignals()) {
            long before = serving.journal().read(Query.all()).size();
            HttpRequest again = captured.build();
            HttpResponse<String> response = SignalSender.send(HttpRequest.newBuilder(again, (name, value) -> true)
                    .uri(URI.create(serving.url() + again.uri().getPath())));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("\"result\":\"already\"").contains("received before");
            assertThat(serving.journal().read(Query.all())).hasSize((int) before);
        }
    }

    @Test
    void refusedSignalsComeOnRecordByThemselvesAndAtTheEnd() throws Exception {
        try (Serving serving = serveSignals()) {
            HttpRequest.Builder forged = SignalSender.post(serving.url() + "/v1/signals/argocd", "{}")
                    .header("Authorization", "Bearer something-else");
            assertThat(SignalSender.send(forged).statusCode()).isEqualTo(401);

            home.clock.moveOn(Duration.ofMinutes(1));
            Await.until("it was recorded", () -> refused(serving).size() == 1);
            SignalSender.send(forged);
        }

        try (Wiring wiring = home.open(outside(secrets(), UnaryOperator.identity()))) {
            assertThat(wiring.journal().read(Query.of(EntryType.SIGNALS_REFUSED)))
                    .hasSize(2)
                    .allSatisfy(entry -> assertThat(entry.reason()).contains("argocd: 1 signature"));
        }
    }

    @Test
    void aSignalThatCannotBeRecordedIsAskedForAgain() throws Exception {
        AtomicBoolean full = new AtomicBoolean();
        UnaryOperator<Journal> failing = journal -> new Delegating(journal) {
            @Override
            public List<Entry> decide(Function<JournalReader, List<Draft>> decision) {
                if (full.get()) {
                    throw new JournalException("the disk is full: make room");
                }
                return super.decide(decision);
            }
        };
        try (Serving serving = serve(outside(secrets(), failing))) {
            schedule(serving.journal());
            full.set(true);

            HttpResponse<String> response = SignalSender.send(event(serving, "msg_1", "upgrade.started"));

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).contains("60");
            assertThat(response.body()).contains("\"code\":\"journal\"").doesNotContain("disk");

            full.set(false);
            assertThat(SignalSender.send(event(serving, "msg_1", "upgrade.started"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(state(serving.journal())).isEqualTo(UpgradeState.RUNNING);
        }
    }

    @Test
    void refusedSignalsThatCannotBeRecordedAreKept() throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        UnaryOperator<Journal> failing = journal -> new Delegating(journal) {
            @Override
            public List<Entry> append(List<Draft> drafts) {
                if (full.get()) {
                    throw new JournalException("the disk is full: make room");
                }
                return super.append(drafts);
            }
        };
        try (Serving serving = serve(outside(secrets(), failing))) {
            HttpRequest.Builder forged = SignalSender.post(serving.url() + "/v1/signals/argocd", "{}");
            SignalSender.send(forged);
            serving.recordRefusedSignals();
            SignalSender.send(forged);
            full.set(false);

            serving.recordRefusedSignals();

            assertThat(refused(serving)).hasSize(1);
            assertThat(refused(serving).get(0).reason()).contains("argocd: 2 signature");
        }
    }

    @Test
    void metricsAreThereBesideHealth() throws Exception {
        try (Serving serving =
                Serving.open(home.config(), home.home(), outside(secrets(), UnaryOperator.identity()), new ByHand())) {
            HttpResponse<String> response =
                    SignalSender.send(HttpRequest.newBuilder(URI.create(serving.url() + "/metrics")));

            assertThat(response.headers().firstValue("Content-Type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(response.body()).contains("sweepback_signals_refused_total");
        }
    }

    @Test
    void withoutOneOfItsSecretsTheDaemonDoesNotStartAndSaysWhich() {
        assertThat(start(Map.of("ARGOCD", TOKEN))).contains("secret 'env:HOOKS': the variable is not set");
        assertThat(start(Map.of("ARGOCD", TOKEN, "HOOKS", "whsec_dG9vIHNob3J0")))
                .contains("secret 'env:HOOKS': it is shorter than 24 bytes")
                .doesNotContain("dG9vIHNob3J0");
    }

    private String start(Map<String, String> environment) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, UTF_8);
        Outside real = outside(environment, UnaryOperator.identity());
        Outside outside = new Outside(
                real.environment(), real.clock(), real.pause(), stream, stream, false, real.http(), real.journal());
        String[] serve = {
            "serve", "--config", home.config().toString(), "--home", home.home().toString()
        };

        assertThat(Cli.run(serve, outside)).isEqualTo(1);
        return printed.toString(UTF_8);
    }
}
