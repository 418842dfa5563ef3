package dev.sweepback.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.SettableClock;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.InMemoryJournal;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.UpgradeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RebootTest {

    private static final UpgradeId ID = new UpgradeId("app-2");
    private static final Note SOMEBODY = Note.of(new Actor("local:0/tester", false));

    private final SettableClock clock = new SettableClock();
    private final Journal journal = new InMemoryJournal(clock);
    private final Upgrades upgrades = new Upgrades(journal, clock);

    private void schedule(Reboot reboot) {
        Window window = new Window(clock.instant(), clock.instant().plus(Duration.ofHours(1)), Duration.ZERO);
        upgrades.schedule(ID, "app", "1", "2", "production", window, reboot, SOMEBODY);
    }

    private void start() {
        upgrades.move(ID, Move.START, Optional.empty(), SOMEBODY);
    }

    private void verified(Reboot reboot, String digest) {
        journal.append(Draft.of(EntryType.UPGRADE_VERIFIED, SOMEBODY.actor())
                .upgrade(ID)
                .data("package", "app")
                .data("version", "2")
                .data("date", "2026-05-01T08:00:00Z")
                .data("manifestSha256", digest)
                .data(
                        "signer",
                        JsonMapper.shared()
                                .createObjectNode()
                                .put("subject", "CN=Vendor")
                                .put("sha256", "ab"))
                .data("reboot", reboot.word()));
    }

    @Test
    void anUpgradeAsksForNoRebootUnlessToldSo() {
        Window window = new Window(clock.instant(), clock.instant().plus(Duration.ofHours(1)), Duration.ZERO);

        Upgrade upgrade = upgrades.schedule(ID, "app", "1", "2", "production", window, SOMEBODY);

        assertThat(upgrade.reboot()).isEqualTo(Reboot.NONE);
        assertThat(upgrade.rebootedAt()).isEmpty();
        assertThat(upgrade.verified()).isEmpty();
        assertThat(UpgradeJson.toJson(upgrade).path("reboot").asString()).isEqualTo("none");
        assertThat(UpgradeJson.toJson(upgrade).path("rebootedAt").isNull()).isTrue();
        assertThat(UpgradeJson.toJson(upgrade).path("verified").isNull()).isTrue();
    }

    @Test
    void aVerifiedPackageTellsWhetherARebootBelongsToIt() {
        schedule(Reboot.NONE);
        verified(Reboot.REQUIRED, "d1");

        Upgrade upgrade = upgrades.get(ID);

        assertThat(upgrade.reboot()).isEqualTo(Reboot.REQUIRED);
        assertThat(UpgradeJson.toJson(upgrade)
                        .path("verified")
                        .path("signer")
                        .path("subject")
                        .asString())
                .isEqualTo("CN=Vendor");
        assertThat(UpgradeJson.toJson(upgrade)
                        .path("verified")
                        .path("manifestSha256")
                        .asString())
                .isEqualTo("d1");
    }

    @Test
    void anotherVerificationLosesNothing() {
        schedule(Reboot.REQUIRED);
        start();
        upgrades.track(ID, List.of(ResourceRef.parse("flag:unleash/x")), SOMEBODY);
        clock.advance(Duration.ofMinutes(10));
        upgrades.rebooted(ID, Optional.empty(), SOMEBODY);
        Instant rebooted = clock.instant();
        clock.advance(Duration.ofMinutes(10));
        verified(Reboot.RECOMMENDED, "d1");
        verified(Reboot.NONE, "d2");

        Upgrade upgrade = upgrades.get(ID);

        assertThat(upgrade.reboot()).isEqualTo(Reboot.REQUIRED);
        assertThat(upgrade.rebootedAt()).contains(rebooted);
        assertThat(upgrade.tracked()).hasSize(1);
        assertThat(upgrade.verified().orElseThrow().manifestSha256()).isEqualTo("d2");
        assertThat(upgrade.verified().orElseThrow().reboot()).isEqualTo(Reboot.NONE);
        assertThat(Upgrades.all(journal)).containsExactly(upgrade);
    }

    @Test
    void movesLoseNothingEither() {
        schedule(Reboot.RECOMMENDED);
        verified(Reboot.NONE, "d1");
        start();
        upgrades.rebooted(ID, Optional.empty(), SOMEBODY);

        Upgrade upgrade = upgrades.move(ID, Move.COMPLETE, Optional.empty(), SOMEBODY);

        assertThat(upgrade.reboot()).isEqualTo(Reboot.RECOMMENDED);
        assertThat(upgrade.rebootedAt()).isPresent();
        assertThat(upgrade.verified()).isPresent();
    }

    @Test
    void aRebootIsConfirmedOnlyOnceTheUpgradeHasBegun() {
        schedule(Reboot.REQUIRED);

        assertThatThrownBy(() -> upgrades.rebooted(ID, Optional.empty(), SOMEBODY))
                .isInstanceOf(UpgradeRefused.class)
                .hasMessageContaining("is scheduled and was never started");

        upgrades.move(ID, Move.FAIL, Optional.empty(), SOMEBODY);
        assertThatThrownBy(() -> upgrades.rebooted(ID, Optional.empty(), SOMEBODY))
                .isInstanceOf(UpgradeRefused.class);
    }

    @Test
    void itsTimeLiesBetweenTheStartAndNow() {
        schedule(Reboot.REQUIRED);
        clock.advance(Duration.ofMinutes(10));
        start();
        Instant started = clock.instant();
        clock.advance(Duration.ofMinutes(10));

        assertThatThrownBy(() -> upgrades.rebooted(ID, Optional.of(started.minusSeconds(1)), SOMEBODY))
                .isInstanceOf(UpgradeRefused.class)
                .hasMessageContaining("before the step it follows");
        assertThatThrownBy(
                        () -> upgrades.rebooted(ID, Optional.of(clock.instant().plusSeconds(1)), SOMEBODY))
                .isInstanceOf(UpgradeRefused.class)
                .hasMessageContaining("in the future");
        upgrades.move(ID, Move.COMPLETE, Optional.empty(), SOMEBODY);
        assertThat(upgrades.rebooted(ID, Optional.of(started.plusSeconds(60)), SOMEBODY)
                        .rebootedAt())
                .contains(started.plusSeconds(60));
    }
}
