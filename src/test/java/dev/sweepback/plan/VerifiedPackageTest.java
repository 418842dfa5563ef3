package dev.sweepback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.Draft;
import dev.sweepback.journal.EntryType;
import dev.sweepback.run.World;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What conditions see of a verified package is a part of what a plan rests on. */
class VerifiedPackageTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private Basis basis() {
        return world.engine().planner().basis(world.job, world.policy, world.upgrade());
    }

    private void verified(String digest) {
        world.journal.append(Draft.of(EntryType.UPGRADE_VERIFIED, World.SOMEBODY.actor())
                .upgrade(World.UPGRADE)
                .data("package", World.PACKAGE)
                .data("version", "2")
                .data("date", "2026-05-01T08:00:00Z")
                .data("manifestSha256", digest)
                .data("signer", JsonMapper.shared().createObjectNode())
                .data("reboot", "none"));
    }

    @Test
    void aPlanIsStaleOnceAnotherManifestIsVerified() {
        world.upgraded();
        Basis before = basis();
        verified("d1");
        Basis first = basis();
        verified("d1");
        Basis again = basis();
        verified("d2");

        assertThat(first).isNotEqualTo(before);
        assertThat(again).isEqualTo(first);
        assertThat(basis()).isNotEqualTo(first);
    }

    @Test
    void conditionsSeeIt() {
        world.job = World.job(World.step(
                "old things",
                "archive",
                "resource.group == 'old' && has(upgrade.manifest) && upgrade.manifest.version == '2'",
                List.of()));
        world.system.with("a", "old");
        world.upgraded();

        assertThat(world.plan().operations()).isEmpty();
        verified("d1");
        assertThat(world.plan().operations()).hasSize(1);
    }
}
