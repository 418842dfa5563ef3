package dev.sweepback.adapter.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.launchdarkly.LaunchDarklyFlags;
import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.SettableClock;
import dev.sweepback.job.FlagSubject;
import dev.sweepback.job.Settings;
import dev.sweepback.job.Source;
import dev.sweepback.plan.Readers;
import dev.sweepback.sandbox.LaunchDarklyTwin;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Whether a flag is on, as a system with flags tells it. That of Unleash is asked in {@code cli/ChecksStoryTest}. */
class FlagCheckTest {

    private final LaunchDarklyTwin twin = LaunchDarklyTwin.start(new SettableClock());
    private final URI url = twin.url();
    private final HttpClients http = new HttpClients();

    @BeforeEach
    void seed() {
        twin.addFlag("dark-mode", List.of());
        on(true);
    }

    @AfterEach
    void close() {
        http.close();
        twin.close();
    }

    private void on(boolean on) {
        twin.changeFlag("dark-mode", "/environments/production/on", JsonNodeFactory.instance.booleanNode(on));
    }

    private String ask(String name, String environment, boolean enabled) {
        Connection connection = new Connection(
                "ld",
                "launchdarkly",
                "production",
                url,
                Map.of("project", twin.project()),
                Map.of("token", new SecretRef.Environment("TOKEN")),
                2,
                Connection.Timeouts.DEFAULT);
        Settings settings = new Settings(
                "production",
                Map.of("ld", connection),
                new Settings.Store("jdbc:sqlite:x.db", new SecretRef.Environment("KEY")),
                new Settings.Server("127.0.0.1", 0),
                Duration.ofSeconds(60),
                Source.of(Path.of("sweepback.yaml"), ""));
        Catalog catalog = new Catalog(List.of(new LaunchDarklyFlags(http, reference -> new Secret(twin.token()))));
        return CheckWorld.text(new FlagCheck(() -> new Readers(catalog, settings))
                .ask(new FlagSubject("ld", name, environment, enabled)));
    }

    @Test
    void onAndOffAreToldApart() {
        assertThat(ask("dark-mode", "production", true)).isEqualTo("good: on in production");
        assertThat(ask("dark-mode", "production", false)).isEqualTo("bad: it is on in production, expected: off");

        on(false);

        assertThat(ask("dark-mode", "production", false)).isEqualTo("good: off in production");
    }

    @Test
    void whatIsNotThereIsNoData() {
        assertThat(ask("dark-mode", "moon", true)).startsWith("no data: ").contains("'moon'");
        assertThat(ask("nobody-knows", "production", false)).isEqualTo("no data: there is no flag 'nobody-knows'");
    }

    @Test
    void aSystemThatDoesNotAnswerIsNoData() {
        twin.close();

        assertThat(ask("dark-mode", "production", false)).startsWith("no data: connection 'ld': ");
    }
}
