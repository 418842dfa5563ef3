package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.HeldAnswer;
import dev.sweepback.sandbox.VaultTwin;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A daemon that idles for a day has its credentials afterwards. */
class KeepAliveTest {

    @TempDir
    Path folder;

    private SandboxHome home;
    private VaultTwin vault;

    @BeforeEach
    void open() {
        home = new SandboxHome(folder);
        vault = home.sandbox.vault();
    }

    @AfterEach
    void close() {
        home.close();
    }

    private VaultTwin.IssuedToken token() {
        VaultTwin.IssuedToken token = vault.createToken(
                JsonMapper.shared().readTree("{\"policies\":[\"sweepback\"],\"no_parent\":true,\"ttl\":\"30m\"}"));
        home.write("token", token.id());
        home.write("sweepback.yaml", home.settings(1).replace("env:VAULT_TOKEN", "file:token"));
        return token;
    }

    private void idleForADay(Wiring wiring) {
        try (KeepAlive keepAlive = new KeepAlive(wiring.catalog(), wiring.settings())) {
            for (int minute = 0; minute < 24 * 60; minute++) {
                wiring.settings().connections().values().forEach(keepAlive::keep);
                home.clock.moveOn(Duration.ofMinutes(1));
            }
        }
    }

    @Test
    void aTokenThatCanBeRenewedLivesOn() {
        VaultTwin.IssuedToken token = token();

        try (Wiring wiring = home.open()) {
            idleForADay(wiring);
        }

        assertThat(vault.tokenIsLive(token.accessor())).isTrue();
    }

    @Test
    void aSystemThatDoesNotAnswerHoldsUpNoOther() throws Exception {
        token();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String gone = "  gone: {type: vault, url: \"http://127.0.0.1:" + silent.getLocalPort()
                    + "\", timeouts: {response: 10m, whole: 10m}, auth: {token: \"file:token\"}}\n";
            home.write(
                    "sweepback.yaml",
                    home.settings(1)
                            .replace("env:VAULT_TOKEN", "file:token")
                            .replace("connections:\n", "connections:\n" + gone));
            HeldAnswer asked = vault.faults().hold(Faults.request("GET", "/v1/auth/token/lookup-self"));

            try (Wiring wiring = home.open();
                    KeepAlive keepAlive =
                            new KeepAlive(wiring.catalog(), wiring.settings()).start(Duration.ofMillis(1))) {
                assertThat(keepAlive).isNotNull();
                assertThat(asked.awaitArrived(Duration.ofSeconds(30))).isTrue();
                asked.release();
            }
        }
    }

    @Test
    void aConnectionThatCannotBeAskedHoldsUpNoOther() {
        VaultTwin.IssuedToken token = token();
        home.write(
                "sweepback.yaml",
                home.settings(1)
                        .replace("env:VAULT_TOKEN", "file:token")
                        .replace(
                                "connections:\n",
                                "connections:\n  gone: {type: vault, url: \"http://127.0.0.1:1\", auth: {token: \"file:token\"}}\n"));

        try (Wiring wiring = home.open()) {
            idleForADay(wiring);
        }

        assertThat(vault.tokenIsLive(token.accessor())).isTrue();
    }
}
