package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.ActingLock;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a person reads when the disk is full, and that all is well once there is room. */
class FullDiskTest {

    private static final String FULL =
            "the store could not be written: the disk or its quota is full; make room and try again";

    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void open() {
        terminal = new Terminal(folder);
        terminal.playUntilEnabled();
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    /** Records nothing any more, from the first outcome of a kind on. */
    private static class Filling extends Delegating {

        private final String kind;
        private volatile boolean full;

        Filling(Journal journal, String kind) {
            super(journal);
            this.kind = kind;
        }

        final void fill() {
            full = true;
        }

        final boolean isFull() {
            return full;
        }

        @Override
        public List<Entry> append(List<Draft> drafts) {
            full = full || drafts.stream().anyMatch(this::fills);
            refuseIfFull();
            return super.append(drafts);
        }

        @Override
        public List<Entry> decide(Function<JournalReader, List<Draft>> decision) {
            refuseIfFull();
            return super.decide(decision);
        }

        private boolean fills(Draft draft) {
            return draft.type() == EntryType.OPERATION_OUTCOME
                    && draft.fields().toString().contains(kind);
        }

        private void refuseIfFull() {
            if (full) {
                throw new JournalException(FULL);
            }
        }
    }

    private static Journal full(Journal journal) {
        Filling filling = new Filling(journal, "");
        filling.fill();
        return filling;
    }

    private static int count(String text, String what) {
        return Integer.parseInt(text.replaceFirst("(?s).*?(\\d+) " + what + ".*", "$1"));
    }

    @Test
    void aRunSaysHowFarItCameAndHowToGoOn() {
        terminal.journal = journal -> new Filling(journal, "webhook");

        Terminal.Answer run = terminal.type("run", Terminal.JOB, "--yes");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains(FULL, "(cleanup, job dten-cleanup) was broken off: ", "nothing is lost", "go on")
                .contains("sweepback --config " + terminal.home.config())
                .contains("run dten-cleanup");
        String where = run.err()
                .lines()
                .filter(line -> line.contains("where:"))
                .findFirst()
                .orElseThrow();
        assertThat(count(where, "done")).as(where).isPositive();
        assertThat(count(where, "open")).as(where).isPositive();
        assertThat(count(where, "done") + count(where, "open") + count(where, "not begun"))
                .isEqualTo(24);

        terminal.journal = UnaryOperator.identity();
        JsonNode again = terminal.data("run", Terminal.JOB, "--yes");
        assertThat(again.path("state").asString()).isEqualTo("succeeded");
        assertThat(again.path("totals").path("done").asInt()).isEqualTo(24);
    }

    @Test
    void anUndoSaysItToo() {
        String run = terminal.data("run", Terminal.JOB, "--yes").path("runId").asString();
        terminal.journal = journal -> new Filling(journal, "webhook");

        Terminal.Answer undo = terminal.type("undo", run, "--yes", "-o", "json");

        JsonNode error = undo.json().path("error");
        assertThat(undo.exit()).isEqualTo(1);
        assertThat(error.path("code").asString()).isEqualTo("journal");
        assertThat(error.path("what").asString()).isEqualTo(FULL);
        assertThat(error.path("where").asString()).contains("(undo, job dten-cleanup) was broken off: ");
        assertThat(error.path("remedy").asString()).contains("nothing is lost", "undo " + run);

        terminal.journal = UnaryOperator.identity();
        terminal.data("undo", run, "--yes");
        assertThat(terminal.data("history", "--limit", "5").toString()).contains("undone");
    }

    @Test
    void whereNothingWasBegunThatIsSaid() {
        terminal.journal = FullDiskTest::full;
        terminal.forgetTraffic();

        Terminal.Answer run = terminal.type("run", Terminal.JOB, "--yes");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains(FULL, "no run was left unfinished", "type it again");
        assertThat(terminal.writes()).isEmpty();
    }

    @Test
    void whereItCannotBeReadEitherThatIsSaid() {
        terminal.journal = journal -> new Filling(journal, "webhook") {
            @Override
            public void read(Query query, Consumer<Entry> consumer) {
                if (isFull()) {
                    throw new JournalException("there is no room for the files that are kept beside it");
                }
                super.read(query, consumer);
            }
        };

        Terminal.Answer run = terminal.type("run", Terminal.JOB, "--yes");

        assertThat(run.err()).contains(FULL, "how far it came cannot be read now either", " status");
    }

    @Test
    void aPauseThatCannotBeRecordedNamesTheProcessToStop() throws IOException {
        terminal.journal = FullDiskTest::full;

        try (ActingLock lock = ActingLock.acquire(terminal.home.home().toRealPath(), "serve, process 4711")) {
            Terminal.Answer pause = terminal.type("pause");

            assertThat(lock).isNotNull();
            assertThat(pause.exit()).isEqualTo(1);
            assertThat(pause.out()).isEmpty();
            assertThat(pause.err())
                    .contains("nothing is paused", FULL, "serve, process 4711", "kill 4711", "systemctl stop")
                    .contains("begins no operation any more");
        }
    }

    @Test
    void aPauseThatCannotBeRecordedSaysThatNothingActs() {
        terminal.journal = FullDiskTest::full;

        Terminal.Answer pause = terminal.type("pause", Terminal.JOB, "-o", "json");

        assertThat(pause.exit()).isEqualTo(1);
        assertThat(pause.json().path("error").path("remedy").asString())
                .contains("nothing acts on this store now", "start neither `serve` nor `run`");
    }
}
