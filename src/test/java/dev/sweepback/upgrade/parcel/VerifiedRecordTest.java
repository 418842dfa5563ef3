package dev.sweepback.upgrade.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.InMemoryJournal;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.upgrade.Upgrades;
import dev.sweepback.upgrade.Window;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class VerifiedRecordTest {

    private static final UpgradeId ID = new UpgradeId("app-2.4.0");
    private static final Note SOMEBODY = Note.of(new Actor("local:0/tester", false));
    private static final Clock CLOCK = BrokenPackagesTest.CLOCK;

    @TempDir
    Path folder;

    private final Parcels parcel = new Parcels();
    private final Journal journal = new InMemoryJournal(CLOCK);

    private Entry recorded() {
        Window window = new Window(CLOCK.instant(), CLOCK.instant().plus(Duration.ofHours(1)), Duration.ZERO);
        new Upgrades(journal, CLOCK)
                .schedule(ID, "full-upgrade-package-dten", "2.3.0", "2.4.0", "production", window, SOMEBODY);
        CheckedPackage checked = new Verification(
                        Parcels.trust(Parcels.ROOT, Parcels.STAMPS_ROOT), new TestSpelling(), CLOCK)
                .check(parcel.write(folder.resolve("package.zip")));
        VerifiedRecord.append(journal, ID, checked, SOMEBODY);
        return journal.read(Query.all()).stream()
                .filter(entry -> entry.type() == EntryType.UPGRADE_VERIFIED)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void warningsAreRecordedWithTheirEvidence() {
        parcel.manifest = node -> ((ObjectNode) node.path("dependencies").get(0)).put("version", "*");

        JsonNode warning = recorded().dataNode("warnings").get(0);

        assertThat(warning.path("code").asString()).isEqualTo("loose-dependency");
        assertThat(warning.path("evidence").get(0).asString()).isEqualTo("read as >=0.0.0");
    }

    @Test
    void theTimeAtWhichTheCertificatesWereJudgedIsRecordedIfItIsThatOfATimestamp() {
        Instant signed = Instant.parse("2026-05-01T09:00:00Z");
        parcel.signature = Signing.good().stamped(signature -> Signing.token(Parcels.STAMPS, signed, signature))::sign;

        assertThat(recorded().dataNode("signer").path("signedAt").asString()).isEqualTo("2026-05-01T09:00:00Z");
    }

    @Test
    void withoutATimestampThereIsNoSuchTime() {
        assertThat(recorded().dataNode("signer").propertyNames()).containsExactlyInAnyOrder("subject", "sha256");
    }
}
