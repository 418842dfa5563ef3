package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.sandbox.DtenScenario;
import dev.sweepback.sandbox.Traffic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Types commands on the sandbox and reads what they answer. */
final class Terminal implements AutoCloseable {

    /** What a command answered. */
    record Answer(int exit, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    private static final Pattern BARE = Pattern.compile("(?<![\\w./-])sweepback [a-z]");

    static final String JOB = "dten-cleanup";

    final SandboxHome home;

    /** What stands before the systems and the journal, for tests that change something there. */
    UnaryOperator<Http> http = UnaryOperator.identity();

    UnaryOperator<Journal> journal = UnaryOperator.identity();

    /** Who types. */
    Actor actor = LocalActor.current();

    Terminal(Path folder) {
        this.home = new SandboxHome(folder);
    }

    /** Somebody else sits down. */
    Terminal as(String name) {
        actor = new Actor(name, false);
        return this;
    }

    Answer type(String... arguments) {
        return type(false, arguments);
    }

    /** As a person does who is asked, and whose answers are lines. */
    Answer answering(String lines, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        try {
            return type(true, arguments);
        } finally {
            System.setIn(before);
        }
    }

    private Answer type(boolean interactive, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--config", home.config().toString(), "--home", home.home().toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Cli.run(
                all.toArray(String[]::new),
                new Outside(
                        home.environment(),
                        home.clock,
                        home.clock,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        interactive,
                        http,
                        journal,
                        actor));
        Answer answer = new Answer(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        checkSuggestions(answer, all);
        return answer;
    }

    /** Whatever was typed: a command that is suggested must be for the same files and home. The record is shown word for word. */
    private static void checkSuggestions(Answer answer, List<String> typed) {
        if (Stream.of("audit", "explain", "completion", "--help").anyMatch(typed::contains)) {
            return;
        }
        String people = answer.err() + (typed.contains("-o") ? "" : answer.out());
        assertThat(people.lines().filter(line -> !line.startsWith("  where:") && !line.contains(" --help`")))
                .as("%s", typed)
                .noneMatch(BARE.asPredicate());
    }

    /** As JSON; the command must succeed. */
    JsonNode data(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-o", "json"));
        Answer answer = type(all.toArray(String[]::new));
        if (answer.exit() != 0) {
            throw new AssertionError(all + " ended with " + answer);
        }
        return answer.json();
    }

    /** Types a command that is broken off at the first outcome that it would record, as a process is that is killed. */
    void leaveOpen(String... arguments) {
        journal = store -> new Delegating(store) {
            @Override
            public List<Entry> append(List<Draft> drafts) {
                if (drafts.stream().anyMatch(draft -> draft.type() == EntryType.OPERATION_OUTCOME)) {
                    throw new JournalException("the disk is full: make room");
                }
                return super.append(drafts);
            }
        };
        Answer answer = type(arguments);
        journal = UnaryOperator.identity();
        if (answer.exit() != 1) {
            throw new AssertionError(List.of(arguments) + " ended with " + answer);
        }
    }

    /** Plays the upgrade by commands, to when its job may run. */
    JsonNode playUpgrade() {
        home.scenario.seedBefore();
        Instant start = home.clock.instant();
        data(
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
                start + "/" + start.plus(DtenScenario.WINDOW),
                "--id",
                DtenScenario.UPGRADE);
        home.clock.moveOn(Duration.ofMinutes(5));
        data("upgrade", "start", DtenScenario.UPGRADE);
        home.clock.moveOn(Duration.ofMinutes(10));
        home.scenario.duringWindow();
        home.clock.moveOn(Duration.ofMinutes(60));
        JsonNode upgrade = data("upgrade", "complete", DtenScenario.UPGRADE);
        home.clock.moveOn(Duration.ofHours(3));
        home.scenario.afterWindow();
        home.clock.moveOn(Duration.ofDays(8));
        home.scenario.applicationsEvaluate();
        return upgrade;
    }

    /** Up to a job that is enabled. */
    void playUntilEnabled() {
        playUpgrade();
        data("enable", JOB, "--yes");
    }

    /** What the systems were asked to change, since the last look; Vault reads by POST, PUT and LIST too. */
    List<Traffic.Exchange> writes() {
        List<Traffic.Exchange> writes = new ArrayList<>();
        for (Traffic traffic : traffics()) {
            traffic.exchanges().stream().filter(Terminal::writes).forEach(writes::add);
        }
        return writes;
    }

    void forgetTraffic() {
        traffics().forEach(Traffic::clear);
    }

    long requests() {
        return traffics().stream().mapToLong(Traffic::total).sum();
    }

    private List<Traffic> traffics() {
        return List.of(
                home.sandbox.unleash().traffic(),
                home.sandbox.github().traffic(),
                home.sandbox.vault().traffic());
    }

    private static boolean writes(Traffic.Exchange exchange) {
        return !exchange.method().equals("GET")
                && !exchange.method().equals("LIST")
                && !exchange.path().contains("lookup")
                && !exchange.path().endsWith("/capabilities-self")
                && !exchange.path().endsWith("/capabilities-self");
    }

    @Override
    public void close() {
        home.close();
    }
}
