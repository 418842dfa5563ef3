package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Handover;
import dev.sweepback.job.Allow;
import dev.sweepback.job.Job;
import dev.sweepback.job.Step;
import dev.sweepback.plan.Item;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a policy does not allow yet is not acted on, and not in part either. */
class AllowTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private static Allow connections(String... names) {
        return new Allow(Optional.of(List.of(names)), Map.of());
    }

    private static Allow labels(Map<String, String> labels) {
        return new Allow(Optional.empty(), labels);
    }

    private static Job labelled(Map<String, String> labels, Step... steps) {
        return World.job("clean", labels, Job.Start.MANUAL, "labelled " + labels, steps);
    }

    private static Step archiving() {
        return World.step("old things", "archive");
    }

    private static Step quarantined() {
        return World.step(
                "old things",
                "disable",
                "resource.group == 'old'",
                List.of(),
                Optional.of(new Step.Quarantine(Duration.ofDays(7), Optional.of("remove"))),
                Handover.LOCAL);
    }

    @Test
    void aPlanThatWouldActOnAnotherConnectionIsRefusedAsAWhole() {
        world.permit(World.only(connections("unleash", "vault")));
        world.system.with(2, "a", "old");
        world.ready();

        assertThat(world.plan().refusals())
                .containsExactly(new Refusal(
                        "allow",
                        "policy 'test' does not allow connection 'fake', only unleash, vault",
                        "narrow the job, or change allow in policy 'test'"));
        assertThat(world.answer()).isInstanceOf(RunAnswer.Refused.class);
        assertThat(world.system.sent()).isEmpty();
    }

    @Test
    void whereNothingWouldBeDoneTheConnectionDoesNotMatter() {
        world.permit(World.only(connections("unleash")));
        world.ready();

        assertThat(world.plan().refusals()).isEmpty();
    }

    @Test
    void anAllowedConnectionIsActedOn() {
        world.permit(World.only(connections("fake")));
        world.system.with("a", "old");
        world.ready();

        assertThat(world.plan().refusals()).isEmpty();
        world.run();

        assertThat(world.system.status("a")).isEqualTo("archived");
    }

    @Test
    void aJobWithoutAllOfTheLabelsIsRefused() {
        world.permit(World.only(labels(Map.of("team", "platform", "tier", "1"))));
        world.system.with("a", "old");
        world.job = labelled(Map.of("team", "platform", "tier", "10"), archiving());
        world.ready();

        assertThat(world.plan().refusals())
                .extracting(Refusal::what)
                .containsExactly("job 'clean' does not have the label tier: 1, which policy 'test' asks for");
        assertThat(world.answer()).isInstanceOf(RunAnswer.Refused.class);

        world.job = labelled(Map.of("team", "platform", "tier", "1", "more", "x"), archiving());
        world.enable();

        assertThat(world.plan().refusals()).isEmpty();
    }

    private Plan due() {
        return world.cleanup().due(world.files(), Optional.empty()).get(0).plan();
    }

    private List<String> blockedOfDue() {
        return due().blocked().stream().map(Item::reason).toList();
    }

    @Test
    void whatIsDueStaysWhereTheConnectionIsNotAllowed() {
        world.job = labelled(Map.of(), quarantined());
        world.system.with("a", "old");
        world.ready();
        world.run();
        world.pass(Duration.ofDays(8));
        world.permit(World.only(connections("unleash")));

        assertThat(due().operations()).isEmpty();
        assertThat(blockedOfDue()).containsExactly("policy 'test' does not allow connection 'fake', only unleash");
    }

    @Test
    void whatIsDueStaysWhereTheJobLacksALabel() {
        world.job = labelled(Map.of(), quarantined());
        world.system.with("a", "old");
        world.ready();
        world.run();
        world.pass(Duration.ofDays(8));
        assertThat(due().operations()).hasSize(1);

        world.permit(World.only(labels(Map.of("team", "platform"))));

        assertThat(due().operations()).isEmpty();
        assertThat(blockedOfDue())
                .containsExactly("job 'clean' does not have the label team: platform, which policy 'test' asks for");
    }
}
