package dev.sweepback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.job.Settings;
import dev.sweepback.job.Step;
import dev.sweepback.run.FakeSystem;
import dev.sweepback.run.World;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Things that an undo of the job needs, on a system whose ids are paths. */
class NeededTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private Plan plan(Handover handover, Optional<SecretRef> secret) {
        Step old = World.step("old things", "archive");
        Step other = World.step(
                "other things",
                "archive",
                "resource.group == 'other'",
                List.of(),
                Optional.empty(),
                new Instructions(Scope.WHOLE, handover, secret, false));
        world.job = World.job(old, other);
        world.ready();
        return world.plan();
    }

    private static List<String> planned(Plan plan) {
        return plan.operations().stream().map(operation -> operation.ref().id()).toList();
    }

    @Test
    void aSecretThatUndoGivesBackIsKept() {
        world.system.with("secret/hook", "old").with("secret/hooks", "old");

        Plan plan =
                plan(Handover.LOCAL, Optional.of(new SecretRef.Vault(FakeSystem.CONNECTION, "/secret/hook", "text")));

        assertThat(planned(plan)).containsExactly("secret/hooks");
        assertThat(plan.kept())
                .extracting(Item::reason)
                .containsExactly("undo of step 'other things' needs it: it gives back vault:fake//secret/hook#text");
    }

    @Test
    void whatLiesWhereUndoLeavesCredentialsIsKept() {
        world.system
                .with("secret/handover", "old")
                .with("secret/handover/notes", "old")
                .with("secret/handovers", "old");

        Plan plan = plan(new Handover(Optional.of(FakeSystem.CONNECTION), "secret/handover/"), Optional.empty());

        assertThat(planned(plan)).containsExactly("secret/handovers");
        assertThat(plan.kept())
                .extracting(Item::reason)
                .containsOnly("undo of step 'other things' leaves there what it issues again");
    }

    @Test
    void aPathOfAnotherKindOfSystemKeepsNothing() {
        world.system.with("secret/hook", "old");

        Plan plan = plan(
                new Handover(Optional.of("elsewhere"), "secret"),
                Optional.of(new SecretRef.Vault("elsewhere", "secret/hook", "text")));

        assertThat(planned(plan)).containsExactly("secret/hook");
    }

    @Test
    void theKeyOfTheStoreIsKept() {
        world.system.with("secret/store", "old").with("secret/hook", "old");
        world.ready();
        Settings usual = world.settings();
        Settings settings = new Settings(
                usual.environment(),
                usual.connections(),
                new Settings.Store(
                        usual.store().url(), new SecretRef.Vault(FakeSystem.CONNECTION, "secret/store", "key")),
                usual.server(),
                usual.clockSkew(),
                usual.source());

        Plan plan = world.engine(settings, world.stop).planner().plan(world.job, world.policy, world.upgrade());

        assertThat(planned(plan)).containsExactly("secret/hook");
        assertThat(plan.kept())
                .extracting(Item::reason)
                .singleElement()
                .asString()
                .startsWith("it holds the key");
    }
}
