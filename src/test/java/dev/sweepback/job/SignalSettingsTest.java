package dev.sweepback.job;

import static dev.sweepback.job.TestWorkspace.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.SecretRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code server.signals} is read as. */
class SignalSettingsTest {

    @TempDir
    Path folder;

    private TestWorkspace files;

    @BeforeEach
    void lay() throws IOException {
        files = TestWorkspace.in(folder);
    }

    private Loaded load(String server) throws IOException {
        files.write("sweepback.yaml", SETTINGS + "server: " + server + "\n");
        return files.load();
    }

    @Test
    void readsReferencesOfEachReceiver() throws IOException {
        Settings settings = load("{signals: {webhooks: {secrets: [\"env:A\", \"file:b\"]},"
                        + " github: {secrets: [\"vault:vault/kv/hooks#secret\"]}, argocd: {tokens: [\"env:T\"]}, perMinute: 7}}")
                .settings()
                .orElseThrow();

        assertThat(settings.server().port()).isEqualTo(8443);
        SignalSettings signals = settings.server().signals();
        assertThat(signals.webhooks())
                .containsExactly(new SecretRef.Environment("A"), new SecretRef.File(folder.resolve("b")));
        assertThat(signals.github()).containsExactly(new SecretRef.Vault("vault", "kv/hooks", "secret"));
        assertThat(signals.argocd()).containsExactly(new SecretRef.Environment("T"));
        assertThat(signals.perMinute()).isEqualTo(7);
    }

    @Test
    void everyPartMayBeLeftOut() throws IOException {
        assertThat(files.load().settings().orElseThrow().server().signals()).isEqualTo(SignalSettings.NONE);
        assertThat(load("{}").settings().orElseThrow().server().signals()).isEqualTo(SignalSettings.NONE);
        assertThat(load("{signals: {webhooks: {}, github: {secrets: []}}}")
                        .settings()
                        .orElseThrow()
                        .server()
                        .signals())
                .isEqualTo(SignalSettings.NONE);
    }

    @Test
    void aSecretInTheFileIsRefusedAndNotRepeated() throws IOException {
        Loaded loaded = load("{signals: {webhooks: {secrets: [\"whsec_c29tZXRoaW5n\"]}}}");

        assertThat(loaded.problems()).hasSize(1);
        assertThat(loaded.problems().get(0).toString())
                .contains("a secret must not stand in the file")
                .doesNotContain("c29tZXRoaW5n");
    }

    @Test
    void aReferenceToAVaultThatIsNoConnectionIsRefusedWithItsPlace() throws IOException {
        Loaded loaded = load("{signals: {github: {secrets: [\"env:A\", \"vault:vualt/kv/hooks#secret\"]}}}");

        assertThat(loaded.problems()).hasSize(1);
        assertThat(loaded.problems().get(0).what()).contains("'vualt'");
        assertThat(loaded.problems().get(0).hint()).contains("did you mean 'vault'");
        assertThat(loaded.problems().get(0).column()).isGreaterThan(40);
    }

    @Test
    void moreSecretsThanAnybodyExchangesAreRefused() throws IOException {
        Loaded loaded = load(
                "{signals: {argocd: {tokens: [" + String.join(", ", Collections.nCopies(11, "\"env:A\"")) + "]}}}");

        assertThat(loaded.problems()).extracting(Problem::what).containsExactly("'tokens' has 11 references");
    }

    @Test
    void aKeyThatIsMisspeltIsRefused() throws IOException {
        assertThat(load("{signals: {webhook: {}}}").problems()).hasSize(1);
        assertThat(load("{signals: {perMinute: 0}}").problems()).hasSize(1);
        assertThat(load("{signals: {argocd: {secrets: []}}}").problems()).hasSize(1);
    }
}
