package dev.sweepback.gate;

import static dev.sweepback.gate.CheckScene.BAD;
import static dev.sweepback.gate.CheckScene.GOOD;
import static dev.sweepback.gate.CheckScene.SILENT;
import static dev.sweepback.gate.CheckScene.check;
import static dev.sweepback.gate.CheckScene.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.State;
import dev.sweepback.job.Check;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import dev.sweepback.run.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** For how long a check may hold the gate, also over restarts. */
class CheckWaitsTest {

    private final World world = new World().ready();

    @AfterEach
    void close() {
        world.close();
    }

    private CheckScene scene(Check.MaxWait.Outcome outcome) {
        return new CheckScene(
                world,
                check("a", 1, Check.OnNoData.HOLD, Optional.of(new Check.MaxWait(Duration.ofHours(4), outcome))));
    }

    private List<String> recorded() {
        return world.journal.read(Query.of(EntryType.CHECK_WAITING)).stream()
                .map(entry -> entry.data("check").orElse("") + " "
                        + entry.data("state").orElse(""))
                .toList();
    }

    @Test
    void whatWasWaitedForTooLongIsGivenUpUntilTheJobIsEnabledAgain() {
        CheckScene scene = scene(Check.MaxWait.Outcome.GIVE_UP).answers("a", SILENT);
        assertThat(verdict(scene.act(), "a")).isInstanceOf(Verdict.Unknown.class);

        world.pass(Duration.ofHours(4).minusSeconds(1));
        assertThat(verdict(scene.act(), "a")).isInstanceOf(Verdict.Unknown.class);
        world.pass(Duration.ofSeconds(1));
        scene.restart();
        GateState state = scene.act();

        assertThat(verdict(state, "a")).isInstanceOfSatisfying(Verdict.Closed.class, closed -> {
            assertThat(closed.reason())
                    .startsWith("given up: not good since ")
                    .contains("for longer than its maxWait of 4h: no data: nobody answered")
                    .contains("sweepback enable clean --upgrade app-2");
            assertThat(closed.retryAt()).isEmpty();
        });
        assertThat(recorded()).containsExactly("a waiting", "a given-up");

        scene.answers("a", GOOD);
        scene.restart();
        assertThat(scene.act().isOpen()).as("it stays so").isFalse();
        assertThat(verdict(world.gate.fromRecord(scene.question()), "no check given up")
                        .reason())
                .startsWith("'a' (not good from ")
                .contains("sweepback enable clean --upgrade app-2");

        world.enable();
        assertThat(scene.act().isOpen()).isTrue();
    }

    @Test
    void orItHasFailedAndAGoodAnswerClearsThat() {
        CheckScene scene = scene(Check.MaxWait.Outcome.FAIL).answers("a", SILENT);
        scene.act();
        world.pass(Duration.ofHours(4));

        GateState state = scene.act();

        assertThat(state.failures()).hasValueSatisfying(why -> assertThat(why).startsWith("a: not good since "));
        assertThat(state.retryAt()).isPresent();
        scene.answers("a", GOOD, SILENT);
        assertThat(scene.act().isOpen()).isTrue();
        assertThat(verdict(scene.act(), "a")).as("counted from the beginning").isInstanceOf(Verdict.Unknown.class);
        assertThat(recorded()).containsExactly("a waiting", "a over", "a waiting");
    }

    @Test
    void theWaitIsRecordedOnceWhateverIsAsked() {
        CheckScene scene = scene(Check.MaxWait.Outcome.GIVE_UP).answers("a", SILENT, BAD, SILENT);

        scene.act();
        scene.act();
        scene.act();

        assertThat(world.journal.read(Query.of(EntryType.CHECK_WAITING)))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.job()).contains("clean");
                    assertThat(entry.upgrade()).contains(World.UPGRADE);
                    assertThat(entry.reason()).contains("no data: nobody answered");
                    assertThat(entry.actor()).isEqualTo(World.SOMEBODY.actor());
                });
    }

    @Test
    void whoOnlyLooksRecordsNothing() {
        CheckScene scene = scene(Check.MaxWait.Outcome.GIVE_UP).answers("a", SILENT);
        List<Entry> before = world.journal.read(Query.all());

        scene.look();
        world.gate.ask(scene.question(), scene::waits);

        assertThat(world.journal.read(Query.all())).hasSameSizeAs(before);
    }

    @Test
    void aWaitBesideSomethingElseDoesNotCount() {
        CheckScene scene = scene(Check.MaxWait.Outcome.GIVE_UP).answers("a", SILENT);
        Enablement.pause(world.journal, Optional.empty(), World.SOMEBODY);

        scene.act();

        assertThat(recorded()).isEmpty();
    }

    @Test
    void aGoodAnswerInTheEndIsNotGivenUp() {
        CheckScene scene = scene(Check.MaxWait.Outcome.GIVE_UP).answers("a", SILENT, GOOD);
        scene.act();
        world.pass(Duration.ofHours(9));

        assertThat(scene.act().isOpen())
                .as("the daemon was not there to give it up")
                .isTrue();
        assertThat(recorded()).containsExactly("a waiting", "a over");
    }

    @Test
    void aCheckWithoutMaxWaitHoldsForEver() {
        CheckScene scene = new CheckScene(world, check("a", 1)).answers("a", SILENT);
        scene.act();
        world.pass(Duration.ofDays(30));

        assertThat(verdict(scene.act(), "a")).isInstanceOf(Verdict.Unknown.class);
        assertThat(recorded()).isEmpty();
    }

    @Test
    void howLongItWasWaitedForIsUnknownWhereTheRecordCannotBeRead() {
        CheckScene scene = scene(Check.MaxWait.Outcome.FAIL).answers("a", BAD);
        JournalReader unreadable = new UnreadableJournal();
        Question question = scene.question();

        List<GateState.Answer> answers = new AskedChecks((check, to) -> BAD, world.clock)
                .ask(
                        new Question(
                                question.job(),
                                question.policy(),
                                question.upgrade(),
                                question.purpose(),
                                unreadable,
                                question.now()),
                        Patience.NONE);

        assertThat(answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer.verdict())
                        .isEqualTo(
                                new Verdict.Unknown("the record cannot be read: the disk is gone", Optional.empty())));
    }

    /** Its disk is gone. */
    private static final class UnreadableJournal implements JournalReader {
        @Override
        public void read(Query query, Consumer<Entry> consumer) {
            throw new JournalException("the disk is gone");
        }

        @Override
        public State snapshot(String reference) {
            throw new JournalException("the disk is gone");
        }

        @Override
        public byte[] document(String reference) {
            throw new JournalException("the disk is gone");
        }
    }
}
