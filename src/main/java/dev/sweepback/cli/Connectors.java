package dev.sweepback.cli;

import dev.sweepback.adapter.github.GithubWebhooks;
import dev.sweepback.adapter.gitlab.GitlabWebhooks;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.launchdarkly.LaunchDarklyFlags;
import dev.sweepback.adapter.rest.Belief;
import dev.sweepback.adapter.rest.RestConnector;
import dev.sweepback.adapter.unleash.UnleashFlags;
import dev.sweepback.adapter.unleash.UnleashWebhooks;
import dev.sweepback.adapter.vault.VaultKv;
import dev.sweepback.adapter.vault.VaultLeases;
import dev.sweepback.adapter.vault.VaultSecretIds;
import dev.sweepback.adapter.vault.VaultTokens;
import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.Secrets;
import dev.sweepback.job.Description;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The one explicit list of connectors. */
final class Connectors {

    private Connectors() {}

    /**
     * @param connections the connection of a name
     * @param all the connections of the settings
     */
    static Catalog all(
            HttpClients http,
            Secrets secrets,
            Clock clock,
            Redaction redaction,
            Path home,
            Function<String, Connection> connections,
            Supplier<List<Connection>> all) {
        return new Catalog(List.of(
                new UnleashFlags(http, secrets),
                new UnleashWebhooks(http, secrets, clock, redaction),
                new GithubWebhooks(http, secrets, clock, redaction),
                new GitlabWebhooks(http, secrets, clock, redaction),
                new LaunchDarklyFlags(http, secrets),
                new VaultLeases(http, secrets, clock, home, connections),
                new VaultTokens(http, secrets, clock, home, connections, all),
                new VaultSecretIds(http, secrets, clock, home, connections, all),
                new VaultKv(http, secrets, clock, redaction, home, connections, all)));
    }

    /** These, and a connector for each system that a file describes. */
    static Catalog with(
            Catalog builtIn,
            List<Description> descriptions,
            HttpClients http,
            Secrets secrets,
            Redaction redaction,
            Belief belief) {
        return new Catalog(Stream.concat(
                        builtIn.all().stream(),
                        descriptions.stream()
                                .map(description -> new RestConnector(http, secrets, redaction, description, belief)))
                .toList());
    }
}
