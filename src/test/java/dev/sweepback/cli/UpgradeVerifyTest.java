package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.sandbox.DtenScenario;
import dev.sweepback.upgrade.parcel.Parcels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class UpgradeVerifyTest {

    @TempDir
    Path folder;

    private final Parcels parcel = Parcels.lasting();
    private Terminal terminal;
    private String file = "";
    private String roots = "";

    @BeforeEach
    void open() throws IOException {
        terminal = new Terminal(folder);
        file = folder.resolve("package.zip").toString();
        roots = Files.writeString(folder.resolve("roots.pem"), Parcels.LASTING_ROOT.pem())
                .toString();
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    private void schedule(Duration window, String... more) {
        Instant start = terminal.home.clock.instant();
        terminal.data(Stream.concat(
                        Stream.of(
                                "upgrade",
                                "schedule",
                                DtenScenario.PACKAGE,
                                "--from",
                                DtenScenario.FROM_VERSION,
                                "--to",
                                DtenScenario.TO_VERSION,
                                "--environment",
                                DtenScenario.ENVIRONMENT,
                                "--window",
                                start + "/" + start.plus(window),
                                "--id",
                                DtenScenario.UPGRADE),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private void fitting() {
        parcel.manifest = node -> node.put("name", DtenScenario.PACKAGE).put("version", DtenScenario.TO_VERSION);
    }

    @Test
    void itAnswersWithDataAndRecordsNothing() {
        parcel.write(Path.of(file));

        JsonNode answer = terminal.data("upgrade", "verify", file, "--trust", roots);

        assertThat(answer.propertyNames())
                .containsExactly(
                        "ok",
                        "package",
                        "version",
                        "date",
                        "manifestSha256",
                        "signer",
                        "files",
                        "reboot",
                        "downtime",
                        "warnings",
                        "tracked");
        assertThat(answer.path("ok").asBoolean()).isTrue();
        assertThat(answer.path("signer").propertyNames()).containsExactly("subject", "sha256", "validFrom", "validTo");
        assertThat(answer.path("files").asInt()).isEqualTo(2);
        assertThat(answer.path("tracked")).isEmpty();
        assertThat(terminal.home.home()).doesNotExist();
    }

    @Test
    void warningsGoToPeopleAndIntoTheData() {
        parcel.manifest = node -> ((ObjectNode) node.path("dependencies").get(0)).put("version", "*");
        parcel.write(Path.of(file));

        Terminal.Answer table = terminal.type("upgrade", "verify", file, "--trust", roots);
        Terminal.Answer json = terminal.type("upgrade", "verify", file, "--trust", roots, "-o", "json");

        assertThat(table.exit()).isZero();
        assertThat(table.err()).contains("warning: the dependency database * is loose", "verified, with warnings");
        assertThat(table.out()).contains("signer", "CN=Lasting Signing,O=Vendor", "required", "30m");
        assertThat(json.err()).contains("warning: ");
        JsonNode warning = json.json().path("warnings").get(0);
        assertThat(warning.path("code").asString()).isEqualTo("loose-dependency");
        assertThat(warning.path("evidence").get(0).asString()).isEqualTo("read as >=0.0.0");
    }

    @Test
    void aRefusalHasACodeAndEndsWithOne() {
        parcel.damage();
        parcel.write(Path.of(file));

        Terminal.Answer answer = terminal.type("upgrade", "verify", file, "--trust", roots, "-o", "json");

        assertThat(answer.exit()).isEqualTo(1);
        JsonNode error = answer.json().path("error");
        assertThat(error.path("code").asString()).isEqualTo("file-missing");
        assertThat(error.path("what").asString()).startsWith("the package is refused: ");
        assertThat(error.path("where").asString()).isEqualTo(file);
        assertThat(error.path("remedy").asString()).isNotBlank();
    }

    @Test
    void anUnknownIssuerIsNamedWithTheWayToTrustIt() throws IOException {
        parcel.write(Path.of(file));
        String others = Files.writeString(folder.resolve("others.pem"), Parcels.ROOT.pem())
                .toString();

        Terminal.Answer answer = terminal.type("upgrade", "verify", file, "--trust", others);

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.err())
                .contains(
                        "unknown issuer, 'CN=Lasting Root,O=Vendor'",
                        "SHA-256 ",
                        "on another channel",
                        "openssl x509",
                        "--trust");
    }

    @Test
    void wrongUsageEndsWithSixtyFour() throws IOException {
        parcel.write(Path.of(file));
        String bad =
                Files.writeString(folder.resolve("bad.pem"), "no certificate").toString();
        String missing = folder.resolve("missing.zip").toString();

        for (List<String> arguments : List.of(
                List.of(missing, "--trust", roots),
                List.of(folder.toString(), "--trust", roots),
                List.of(file),
                List.of(file, "--trust", missing),
                List.of(file, "--trust", bad),
                List.of(file, "--trust", roots, "--chain", bad),
                List.of(file, "--trust", roots, "--upgrade", "nonsense"))) {
            List<String> all = new ArrayList<>(List.of("upgrade", "verify"));
            all.addAll(arguments);

            assertThat(terminal.type(all.toArray(String[]::new)).exit())
                    .as("%s", arguments)
                    .isEqualTo(64);
        }
    }

    @Test
    void forAnUpgradeItIsRecordedAndWhatItCreatesIsTrackedInTheSameCommit() {
        schedule(Duration.ofMinutes(20));
        fitting();
        parcel.write(Path.of(file));

        JsonNode answer = terminal.data(
                "upgrade", "verify", file, "--trust", roots, "--upgrade", DtenScenario.UPGRADE, "--ticket", "CHG-1");

        assertThat(answer.path("tracked").get(0).asString()).isEqualTo("flag:unleash/dten-hybrid");
        assertThat(answer.path("warnings").get(0).path("code").asString()).isEqualTo("long-downtime");
        JsonNode entries = terminal.data("audit", "list");
        assertThat(entries.get(1).path("type").asString()).isEqualTo("upgrade.verified");
        assertThat(entries.get(2).path("type").asString()).isEqualTo("upgrade.tracked");
        assertThat(entries).hasSize(3);
        JsonNode recorded = terminal.data("audit", "show", "2");
        JsonNode data = recorded.path("data");
        assertThat(recorded.path("ticket").asString()).isEqualTo("CHG-1");
        assertThat(data.path("manifestSha256").asString())
                .isEqualTo(answer.path("manifestSha256").asString());
        assertThat(data.path("signer").path("subject").asString()).isEqualTo("CN=Lasting Signing,O=Vendor");
        assertThat(data.path("warnings").get(0).path("code").asString()).isEqualTo("long-downtime");
        assertThat(data.path("reboot").asString()).isEqualTo("required");
        assertThat(data.path("downtime").asString()).isEqualTo("PT30M");
        JsonNode upgrade = terminal.data("upgrade", "show", DtenScenario.UPGRADE);
        assertThat(upgrade.path("reboot").asString()).isEqualTo("required");
        assertThat(upgrade.path("rebootedAt").isNull()).isTrue();
        assertThat(upgrade.path("verified").path("version").asString()).isEqualTo(DtenScenario.TO_VERSION);
        assertThat(upgrade.path("tracked")).hasSize(3);
    }

    @Test
    void aPackageOfAnotherUpgradeIsRefusedAndNotRecorded() {
        schedule(Duration.ofHours(1));
        parcel.manifest = node -> node.put("name", DtenScenario.PACKAGE).put("version", "9.9.9");
        parcel.write(Path.of(file));

        Terminal.Answer answer = terminal.type(
                "upgrade", "verify", file, "--trust", roots, "--upgrade", DtenScenario.UPGRADE, "-o", "json");

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.json().path("error").path("code").asString()).isEqualTo("other-upgrade");
        assertThat(terminal.data("audit", "list")).hasSize(1);
    }

    @Test
    void whatCannotBeTrackedIsSaidAndNothingIsRecorded() {
        schedule(Duration.ofHours(1));
        parcel.manifest = node -> {
            node.put("name", DtenScenario.PACKAGE).put("version", DtenScenario.TO_VERSION);
            ((ObjectNode) node.path("temporary")).putArray("flags").add("unlesh/dten-hybrid");
        };
        parcel.write(Path.of(file));

        Terminal.Answer answer = terminal.type(
                "upgrade", "verify", file, "--trust", roots, "--upgrade", DtenScenario.UPGRADE, "-o", "json");

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.json().path("error").path("code").asString()).isEqualTo("unknown-connection");
        assertThat(answer.json().path("error").path("remedy").asString()).isEqualTo("did you mean 'unleash'?");
        assertThat(terminal.data("audit", "list")).hasSize(1);
    }

    @Test
    void theGateWaitsForTheRequiredReboot() {
        schedule(Duration.ofHours(1), "--reboot", "required");
        terminal.data("upgrade", "start", DtenScenario.UPGRADE);
        terminal.data("upgrade", "complete", DtenScenario.UPGRADE);
        terminal.home.clock.moveOn(Duration.ofDays(2));
        terminal.data("enable", Terminal.JOB, "--yes");

        Terminal.Answer closed = terminal.type("gate", Terminal.JOB);
        String shown = terminal.type("upgrade", "show", DtenScenario.UPGRADE).out();
        terminal.data("upgrade", "reboot", DtenScenario.UPGRADE, "--reason", "done by hand");

        assertThat(closed.exit()).isEqualTo(4);
        assertThat(closed.out()).contains("rebooted", " upgrade reboot " + DtenScenario.UPGRADE);
        assertThat(shown).contains("required, not confirmed");
        assertThat(terminal.type("gate", Terminal.JOB).exit()).isZero();
        assertThat(terminal.data("upgrade", "show", DtenScenario.UPGRADE)
                        .path("rebootedAt")
                        .isString())
                .isTrue();
    }

    @Test
    void aRebootBeforeTheStartIsRefused() {
        schedule(Duration.ofHours(1), "--reboot", "required");

        Terminal.Answer answer = terminal.type("upgrade", "reboot", DtenScenario.UPGRADE);

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.err()).contains("was never started");
    }
}
