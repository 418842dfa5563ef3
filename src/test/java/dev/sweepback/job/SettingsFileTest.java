package dev.sweepback.job;

import static dev.sweepback.job.TestWorkspace.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.CaFile;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Rate;
import dev.sweepback.connector.SecretRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code sweepback.yaml} is read as. */
class SettingsFileTest {

    @TempDir
    Path folder;

    private TestWorkspace files;

    @BeforeEach
    void lay() throws IOException {
        files = TestWorkspace.in(folder);
    }

    @Test
    void readsConnectionsWithTheirReferences() {
        Settings settings = files.load().settings().orElseThrow();

        assertThat(settings.connections()).containsOnlyKeys("unleash", "vault", "github");
        Connection vault = settings.connection("vault").orElseThrow();
        assertThat(vault.url()).isEqualTo(URI.create("http://[::1]:8200"));
        assertThat(vault.concurrency()).isEqualTo(2);
        assertThat(vault.timeouts()).isEqualTo(Connection.Timeouts.DEFAULT);
        assertThat(vault.secret("auth.token")).contains(new SecretRef.File(folder.resolve("secrets/vault")));
        Connection github = settings.connection("github").orElseThrow();
        assertThat(github.environment()).isEqualTo("production");
        assertThat(github.options()).containsExactly(Map.entry("repository", "acme/dten"));
        assertThat(github.secret("token")).contains(new SecretRef.Vault("vault", "kv/github", "token"));
        assertThat(github.concurrency()).isEqualTo(4);
        assertThat(github.timeouts())
                .isEqualTo(
                        new Connection.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(10)));
    }

    @Test
    void readsHowAConnectionIsReached() throws IOException {
        Files.createDirectories(folder.resolve("tls"));
        Files.copy(Path.of("src/test/resources/tls/ca.pem"), folder.resolve("tls/ca.pem"));
        way("""
                rate: {perSecond: 20}
                caFile: tls/ca.pem
                proxy: {url: "http://proxy.example.com:3128", user: sweepback, password: "file:secrets/proxy"}
                """);

        Connection unleash =
                files.load().settings().orElseThrow().connection("unleash").orElseThrow();

        assertThat(files.load().warnings()).isEmpty();
        assertThat(unleash.rate()).contains(new Rate(20));
        assertThat(unleash.caFile()).contains(new CaFile(folder.resolve("tls/ca.pem")));
        assertThat(unleash.proxy())
                .contains(new Connection.Proxy(URI.create("http://proxy.example.com:3128"), Optional.of("sweepback")));
        assertThat(unleash.secret("proxy.password")).contains(new SecretRef.File(folder.resolve("secrets/proxy")));
        assertThat(unleash.option("proxy.user")).isEmpty();
    }

    @Test
    void howAConnectionIsReachedMakesNoPlanStale() throws IOException {
        String before = files.load()
                .settings()
                .orElseThrow()
                .connection("unleash")
                .orElseThrow()
                .scope();
        way("""
                rate: {perSecond: 20}
                concurrency: 9
                timeouts: {whole: 1m}
                caFile: ca.pem
                proxy: {url: "http://proxy.example.com:3128", user: sweepback, password: "env:PROXY"}
                """);

        Connection after =
                files.load().settings().orElseThrow().connection("unleash").orElseThrow();

        assertThat(after.scope()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing.pem||the file is missing",
                "empty.pem|' '|the file is empty",
                "key.pem|-----BEGIN PRIVATE KEY-----|no certificate is in the file",
                "damaged.pem|-----BEGIN CERTIFICATE-----x-----END CERTIFICATE-----|a certificate in the file is damaged",
                "tls||it is no file"
            })
    void aCaFileThatCannotBeUsedIsAWarningAndHoldsUpNoOtherConnection(String name, @Nullable String text, String what)
            throws IOException {
        Files.createDirectories(folder.resolve("tls"));
        if (text != null) {
            files.write(name, text);
        }
        way("caFile: " + name + "\n");

        Loaded loaded = files.load();

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.settings()).isPresent();
        assertThat(loaded.warnings())
                .singleElement()
                .asString()
                .contains("sweepback.yaml:6:13: 'caFile' cannot be used: " + what)
                .doesNotContain("PRIVATE");
    }

    @Test
    void aCaFileOfTwoMegabytesIsNotReadToItsEnd() throws IOException {
        files.write("large.pem", "x".repeat(2 << 20));
        way("caFile: large.pem\n");

        assertThat(files.load().warnings()).singleElement().asString().contains("the file is larger than 1 MiB");
    }

    @Test
    void aTokenFileStartsAtTheFolderOfTheSettings() throws IOException {
        files.write("sweepback.yaml", """
                apiVersion: sweepback/v1
                kind: Settings
                environment: production
                connections:
                  vault: {type: vault, url: "https://vault.example.com", auth: {tokenFile: run/token}}
                """);

        Settings settings = files.load().settings().orElseThrow();

        assertThat(settings.connection("vault").orElseThrow().option("auth.tokenFile"))
                .contains(folder.resolve("run/token").toString());
    }

    @Test
    void settingsHaveDefaults() {
        Settings settings = files.load().settings().orElseThrow();

        assertThat(settings.store())
                .isEqualTo(
                        new Settings.Store("jdbc:sqlite:sweepback.db", new SecretRef.File(Path.of("sweepback.key"))));
        assertThat(settings.server()).isEqualTo(new Settings.Server("127.0.0.1", 8443));
        assertThat(settings.clockSkew()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aReferenceWithAControlCharacterIsRefused() throws IOException {
        files.write("sweepback.yaml", SETTINGS.replace("file:secrets/vault", "file:a\\0b"));

        assertThat(files.load().problems())
                .extracting(Problem::what)
                .containsExactly("'token' of 'vault': a secret must not stand in the file");
    }

    @Test
    void twoVaultsThatHoldEachOthersTokenAreRefusedOnce() throws IOException {
        files.write("sweepback.yaml", """
                apiVersion: sweepback/v1
                kind: Settings
                environment: production
                connections:
                  one: {type: vault, url: "https://one.example.com", auth: {token: "vault:two/kv/one#token"}}
                  two: {type: vault, url: "https://two.example.com", auth: {token: "vault:one/kv/two#token"}}
                """);

        assertThat(files.load().problems())
                .extracting(Problem::what)
                .containsExactly("the secrets of 'one' need themselves: one -> two -> one");
    }

    @Test
    void aCommentedFileWithAByteOrderMarkIsRead() throws IOException {
        files.write("sweepback.yaml", "\uFEFF" + SETTINGS);

        assertThat(files.load().problems()).isEmpty();
    }

    /** Adds keys to the connection {@code unleash}. */
    private void way(String keys) throws IOException {
        String unleash = "  unleash: {type: unleash, url: \"https://unleash.example.com\", project: default,"
                + " token: \"env:UNLEASH_TOKEN\"}\n";
        files.write(
                "sweepback.yaml",
                SETTINGS.replace(
                        unleash,
                        "  unleash:\n" + keys.indent(4)
                                + "    type: unleash\n    url: \"https://unleash.example.com\"\n    project: default\n"
                                + "    token: \"env:UNLEASH_TOKEN\"\n"));
    }
}
