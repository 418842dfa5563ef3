package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.job.Counted;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalException;
import dev.sweepback.sandbox.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What was interrupted is not gone on with unasked. */
class GoingOnTest {

    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void open() {
        terminal = new Terminal(folder);
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    @Test
    void aPausedRunIsShownAndAskedForBeforeItIsGoneOnWith() {
        String paused = pausedRun();
        int entries = terminal.data("audit", "list").size();
        terminal.forgetTraffic();

        for (String command : new String[] {"run " + Terminal.JOB, "run --due"}) {
            Terminal.Answer no = terminal.answering("n\n", command.split(" "));

            assertThat(no.exit()).as(no.err()).isEqualTo(1);
            assertThat(no.err())
                    .contains("Run " + paused + " (cleanup, job dten-cleanup, upgrade ", "), begun by local:")
                    .contains(" of 24 operations:", "Go on with this run? [y/N]", "not confirmed, so nothing was done");
        }
        assertThat(terminal.writes()).isEmpty();
        assertThat(terminal.data("audit", "list")).hasSize(entries);

        Terminal.Answer yes = terminal.answering("y\n", "run", Terminal.JOB, "-o", "json");

        assertThat(yes.exit()).as(yes.err()).isZero();
        assertThat(yes.json().path("runId").asString()).isEqualTo(paused);
        assertThat(yes.json().path("state").asString()).isEqualTo("succeeded");
    }

    @Test
    void aRefusalAfterSomethingWasDoneDoesNotDenyIt() {
        terminal.playUntilEnabled();
        String run = terminal.data("run", Terminal.JOB, "--yes").path("runId").asString();
        leaveAnUndoUnfinished(run, "--only", "kind=flag");
        terminal.home.clock.moveOn(Duration.ofDays(8));

        Terminal.Answer answer = terminal.answering("y\nn\n", "run", "--due");

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.err()).contains("went on with run ", "not confirmed, so nothing more was done");
    }

    @Test
    void aRunWhoseGateIsClosedIsNotAskedFor() {
        pausedRun();
        terminal.data("pause", Terminal.JOB);

        Terminal.Answer answer = terminal.answering("", "run", Terminal.JOB);

        assertThat(answer.exit()).isEqualTo(4);
        assertThat(answer.err()).contains("stays paused").doesNotContain("[y/N]");
    }

    @Test
    void anInterruptedUndoIsAskedForBeforeItIsGoneOnWith() {
        terminal.playUntilEnabled();
        String run = terminal.data("run", Terminal.JOB, "--yes").path("runId").asString();
        leaveAnUndoUnfinished(run);
        int entries = terminal.data("audit", "list").size();

        Terminal.Answer no = terminal.answering("n\n", "undo", run);

        assertThat(no.exit()).as(no.err()).isEqualTo(1);
        assertThat(no.err())
                .contains(", takes back run " + run + ")", "Go on with this run? [y/N]", "nothing was done");
        assertThat(terminal.data("audit", "list")).hasSize(entries);

        Terminal.Answer yes = terminal.answering("y\n", "undo", run);

        assertThat(yes.exit()).as(yes.err()).isZero();
        assertThat(yes.err()).contains("went on with run ");
    }

    @Test
    void anUndoThatASystemTakesNoRequestsForSaysWhenItIsGoneOnWith() {
        terminal.playUntilEnabled();
        String run = terminal.data("run", Terminal.JOB, "--yes").path("runId").asString();
        terminal.home
                .sandbox
                .github()
                .faults()
                .next(Faults.request("PATCH", ".*/hooks/.*"))
                .slowDown(429, Duration.ofMinutes(20), "{}");

        Terminal.Answer paused = terminal.type("undo", run, "--yes");

        assertThat(paused.exit()).as(paused.out()).isEqualTo(4);
        JsonNode waiting = terminal.data("status").path("runs").path(0);
        String until = waiting.path("resumeAt").asString();
        assertThat(Instant.parse(until)).isAfter(terminal.home.clock.instant().plus(Duration.ofMinutes(19)));
        assertThat(paused.out())
                .contains(": paused (", "gone on with from " + until + ": by serve, or by sweepback ", " undo " + run);
        assertThat(terminal.type("status").out()).contains("RESUME AT", until);

        Terminal.Answer no = terminal.answering("n\n", "undo", run);
        assertThat(no.err()).contains(", to be gone on with from " + until + " on. Left are ");

        Terminal.Answer yes = terminal.answering("y\n", "undo", run, "-o", "json");
        assertThat(yes.exit()).as(yes.err()).isZero();
        assertThat(yes.json().path("state").asString()).isEqualTo("succeeded");
        assertThat(yes.json().has("resumeAt")).isFalse();
    }

    @Test
    void whoNamesAnInterruptedUndoIsToldHowToGoOnWithItAndWaitsForNothing() {
        terminal.playUntilEnabled();
        String run = terminal.data("run", Terminal.JOB, "--yes").path("runId").asString();
        terminal.leaveOpen("undo", run, "--yes");
        JsonNode undo = terminal.data("status").path("runs").path(0);

        Terminal.Answer answer = terminal.type("undo", undo.path("runId").asString(), "--yes");

        assertThat(undo.path("goOn").asString()).isEqualTo("sweepback undo " + run);
        assertThat(answer.exit()).isEqualTo(7);
        assertThat(answer.err())
                .contains(
                        "is itself an undo", "it has not come to its end; to go on with it: sweepback ", "undo " + run)
                .doesNotContain("waiting until", "enable");
    }

    @Test
    void credentialsOfAnUndoThatRunGoesOnWithAreSaidToo() {
        terminal.playUntilEnabled();
        String run = terminal.data("run", Terminal.JOB, "--yes").path("runId").asString();
        terminal.leaveOpen("undo", run, "--yes");

        Terminal.Answer answer = terminal.type("run", Terminal.JOB, "--yes");

        assertThat(answer.err()).contains("went on with run", "(undo)").containsPattern("left at \\S+ until 20\\d\\d-");
    }

    @Test
    void whatIsLeftOpenSaysUntilWhenItWaits() {
        terminal.playUntilEnabled();
        terminal.leaveOpen("run", Terminal.JOB, "--yes");

        JsonNode status = terminal.data("status");
        String table = terminal.type("status").out();
        Terminal.Answer goneOn = terminal.type("run", Terminal.JOB, "--yes", "-o", "json");

        JsonNode run = status.path("runs").path(0);
        String until = run.path("lookAt").asString();
        int open = run.path("open").asInt();
        assertThat(status.path("unsettled"))
                .hasSize(open)
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(
                                Instant.parse(operation.path("lookAt").asString()))
                        .isBeforeOrEqualTo(until));
        assertThat(table)
                .contains("LOOK AT", "announced, and its end is not recorded")
                .contains(open + " open, to be looked at from " + until + " on")
                .containsPattern(
                        "nobody goes on with what is left; to do so: sweepback --config .* run " + Terminal.JOB);
        assertThat(goneOn.err())
                .startsWith("waiting until " + until + ", when " + Counted.text(open, "open operation"))
                .contains(
                        "left open by an earlier process: " + Counted.text(open, "operation") + "; still unsettled: 0");
        assertThat(goneOn.json().path("state").asString()).isEqualTo("succeeded");
        assertThat(terminal.data("status").path("runs")).isEmpty();
        assertThat(terminal.type("run", Terminal.JOB, "--yes").err()).doesNotContain("waiting until");
    }

    @Test
    void aRunThatIsStoppedInsteadOfGoneOnWithIsNotSaidToHaveBeenGoneOnWith() {
        String paused = pausedRun();
        terminal.home.clock.moveOn(Duration.ofHours(25));

        Terminal.Answer stopped = terminal.type("run", Terminal.JOB, "--yes");

        assertThat(stopped.exit()).as(stopped.err()).isEqualTo(6);
        assertThat(stopped.err())
                .contains("run " + paused + " (cleanup), which had been interrupted, was stopped: the plan is older")
                .doesNotContain("went on with");
    }

    @Test
    void anUndoThatWasInterruptedSaysWhenItBeganAndWhenItEnded() {
        terminal.playUntilEnabled();
        String run = terminal.data("run", Terminal.JOB, "--yes").path("runId").asString();
        leaveAnUndoUnfinished(run);
        Instant between = terminal.home.clock.instant();
        terminal.home.clock.moveOn(Duration.ofHours(2));
        String undo = terminal.data("undo", run, "--yes").path("runId").asString();

        String said = terminal.type("undo", run, "--yes").err();

        Matcher times = Pattern.compile(
                        "run " + undo + " took it back \\(begun at (\\S+), ended at (\\S+)\\): sweepback ")
                .matcher(said);
        assertThat(times.find()).as(said).isTrue();
        assertThat(Instant.parse(times.group(1))).isBefore(between);
        assertThat(Instant.parse(times.group(2))).isAfter(between.plus(Duration.ofHours(2)));
    }

    /** After its first wave. */
    private String pausedRun() {
        terminal.home.write("policies/production.yaml", SandboxHome.POLICY.replace("size: 20", "size: 3"));
        terminal.playUntilEnabled();
        AtomicInteger writes = new AtomicInteger();
        terminal.http = http -> request -> {
            if (request.method().equals("PATCH") && writes.incrementAndGet() == 1) {
                terminal.data("pause", Terminal.JOB);
            }
            return http.send(request);
        };
        Terminal.Answer paused = terminal.type("run", Terminal.JOB, "--yes", "-o", "json");
        assertThat(paused.exit()).as(paused.err()).isEqualTo(4);
        terminal.http = UnaryOperator.identity();
        terminal.data("enable", Terminal.JOB, "--yes");
        return paused.json().path("runId").asString();
    }

    /** The disk is full when its end is recorded. */
    private void leaveAnUndoUnfinished(String run, String... options) {
        terminal.journal = journal -> new Delegating(journal) {
            @Override
            public List<Entry> append(List<Draft> drafts) {
                if (drafts.stream().anyMatch(draft -> draft.type() == EntryType.RUN_FINISHED)) {
                    throw new JournalException("the disk is full: make room");
                }
                return super.append(drafts);
            }
        };
        List<String> undo = new ArrayList<>(List.of("undo", run, "--yes"));
        undo.addAll(List.of(options));
        assertThat(terminal.type(undo.toArray(String[]::new)).exit()).isEqualTo(1);
        terminal.journal = UnaryOperator.identity();
        JsonNode runs = terminal.data("status").path("runs");
        assertThat(runs.toString()).contains("running");
    }
}
