package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sweepback.gate.Approving;
import dev.sweepback.gate.Roles;
import dev.sweepback.job.Approval;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.ForkedJava;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.PlanId;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Plans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process dies where an approval is used: after it nothing is done twice, and nothing unapproved. */
class KilledApprovalTest {

    /** The commit that begins the run; the ones after it announce what is done. */
    private static final int BEGINNING = 0;

    private static final Actor ANN = new Actor("local:1001/ann", false);
    private static final Approval WANTED = new Approval(List.of("approver"), 1, Duration.ofHours(8));

    @TempDir
    Path folder = Path.of("");

    private KillSite site;

    @BeforeEach
    void open() {
        site = new KillSite(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    private KillHome asked() throws IOException {
        KillHome home = site.begin();
        append(home.folder().resolve("policies/open.yaml"), "  approval: {required: true, expiresAfter: 8h}\n");
        append(home.folder().resolve("sweepback.yaml"), "actors: {\"local:1001\": [approver]}\n");
        home.act(KillHome.CLEANUP, Doom.here(Doom.Point.NEVER));
        assertThat(started(home)).as("it waits").isEmpty();
        return home;
    }

    private KillHome approved() throws IOException {
        KillHome home = asked();
        home.read(journal -> word(journal, true));
        return home;
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, Files.readString(file) + text);
    }

    private Entry word(Journal journal, boolean yes) {
        Approving approving = new Approving(journal, new Roles(Map.of("local:1001", List.of("approver"))), site.clock);
        PlanId id = journal.first(Query.of(EntryType.PLAN_MADE))
                .flatMap(Entry::plan)
                .orElseThrow();
        Plan plan = Plans.find(journal, id).orElseThrow();
        return yes
                ? approving.approve(plan, Optional.of(WANTED), unused -> Optional.empty(), Note.of(ANN))
                : approving.reject(plan, Optional.of(WANTED), unused -> Optional.empty(), Note.of(ANN));
    }

    private static List<Entry> started(KillHome home) {
        return home.read(journal -> journal.read(Query.of(EntryType.RUN_STARTED)));
    }

    private void die(KillHome home, int event, Doom.Moment moment) {
        Doom doom = Doom.here(new Doom.Point(event, moment));
        Throwable unused = catchThrowable(() -> home.act(KillHome.CLEANUP, doom));
        assertThat(doom.hasStruck()).isTrue();
        assertThat(doom.events().get(BEGINNING)).isEqualTo("commit decision");
    }

    private void requireCarriedOutOnce(KillHome home, Run run) {
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(started(home)).singleElement().satisfies(started -> {
            assertThat(started.dataNode("approvedBy").get(0).path("actor").asString())
                    .isEqualTo(ANN.name());
            assertThat(started.plan())
                    .isEqualTo(home.read(journal -> journal.first(Query.of(EntryType.PLAN_MADE))
                            .orElseThrow()
                            .plan()));
        });
        for (String flag : site.flags(home)) {
            assertThat(site.sandbox.unleash().events("feature-archived", flag)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatItBeganOrWasAboutToBeginIsCarriedOutOnce(Doom.Moment moment) throws IOException {
        KillHome home = approved();

        die(home, BEGINNING, moment);

        assertThat(started(home)).hasSize(moment == Doom.Moment.AFTER ? 1 : 0);
        requireCarriedOutOnce(home, home.recover(KillHome.CLEANUP, site.clock));
    }

    @ParameterizedTest
    @EnumSource
    void soIsWhatARealProcessBeganThatIsKilled(Doom.Moment moment) throws Exception {
        KillHome home = approved();

        String[] arguments = site.arguments(home, KillHome.CLEANUP, new Doom.Point(BEGINNING, moment));
        try (ForkedJava child = new ForkedJava(KilledRun.class, arguments)) {
            assertThat(child.line()).isEqualTo(KilledRun.HERE);
            child.kill();
        }

        requireCarriedOutOnce(home, home.recover(KillHome.CLEANUP, site.clock));
    }

    @Test
    void whatHadNotBegunWhenItsApprovalEndedIsNotBegun() throws IOException {
        KillHome home = approved();
        die(home, BEGINNING, Doom.Moment.BEFORE);

        site.clock.moveOn(Duration.ofHours(8));
        home.act(KillHome.CLEANUP, Doom.here(Doom.Point.NEVER));

        requireNothing(home);
    }

    @Test
    void norIsWhatWasRejectedMeanwhile() throws IOException {
        KillHome home = approved();
        die(home, BEGINNING, Doom.Moment.BEFORE);

        home.read(journal -> word(journal, false));
        home.act(KillHome.CLEANUP, Doom.here(Doom.Point.NEVER));

        requireNothing(home);
    }

    private void requireNothing(KillHome home) {
        assertThat(started(home)).isEmpty();
        for (String flag : site.flags(home)) {
            assertThat(site.sandbox.unleash().events("feature-archived", flag)).isZero();
        }
    }

    @Test
    void whatHadBegunIsFinishedWhateverBecameOfItsApproval() throws IOException {
        KillHome home = approved();
        die(home, BEGINNING + 1, Doom.Moment.AFTER);

        site.clock.moveOn(Duration.ofHours(9));

        requireCarriedOutOnce(home, home.recover(KillHome.CLEANUP, site.clock));
    }
}
