package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.sandbox.DtenScenario;
import dev.sweepback.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The story with everything wrong that it says is right: it must not end well, and say of each promise that it broke. */
class DemoHurtTest {

    private static final String TWICE = "dten-v2-cache-warmup";
    private static final String HURT = "dten-v2-new-parser";

    private static ExitCode exit = ExitCode.DONE;
    private static List<String> broken = List.of();
    private static List<String> lines = List.of();
    private static String stranger = "";
    private static List<String> leasesAfterTheRun = List.of();

    @BeforeAll
    static void playOnce() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StoryClock clock = new StoryClock(Duration.ZERO);
        try (DemoWorld world = new DemoWorld();
                PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            forgetProtection(world.folder.resolve("policies/production.yaml"));
            Outside outside = new Outside(
                    Map.of(),
                    clock,
                    clock,
                    out,
                    out,
                    false,
                    UnaryOperator.identity(),
                    journal -> new Hurting(journal, world));
            try (DemoInterruption interruption = DemoInterruption.expected(out)) {
                exit = new DemoCommand(outside).play(world, interruption);
            }
        }
        lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        broken = lines.stream()
                .filter(line -> line.startsWith("NOT as promised: "))
                .toList();
    }

    private static void forgetProtection(Path policy) throws Exception {
        Files.writeString(policy, Files.readString(policy).replaceAll("(?m)^ *protect:.*\n", ""));
    }

    /** Does the damage when a run has ended: first the cleanup, and after what the tripwire put back, its undo. */
    private static final class Hurting extends Delegating {
        private static int ended;
        private final DemoWorld world;

        Hurting(Journal journal, DemoWorld world) {
            super(journal);
            this.world = world;
        }

        @Override
        public List<Entry> append(List<Draft> drafts) {
            List<Entry> entries = super.append(drafts);
            if (entries.stream().anyMatch(entry -> entry.type() == EntryType.RUN_FINISHED)) {
                ended++;
                if (ended == 1) {
                    afterTheRun(world.sandbox);
                } else if (ended == 3) {
                    afterTheUndo(world.sandbox, world.scenario);
                }
            }
            return entries;
        }
    }

    private static void afterTheRun(Sandbox sandbox) {
        leasesAfterTheRun = sandbox.vault().leasesOf(DtenScenario.MIGRATOR_ROLE);
        sandbox.unleash().revive(TWICE);
        sandbox.unleash().archive(DtenScenario.PROJECT, TWICE);
        sandbox.unleash().setEnabled(DtenScenario.OTHER_UPGRADE_FLAG, "production", false);
    }

    private static void afterTheUndo(Sandbox sandbox, DtenScenario scenario) {
        sandbox.unleash().setEnabled(HURT, "production", false);
        ObjectNode token = JsonMapper.shared().createObjectNode().put("no_parent", true);
        stranger = sandbox.vault().createToken(token).accessor();
        List<String> issuedAgain = new ArrayList<>(sandbox.vault().leasesOf(DtenScenario.MIGRATOR_ROLE));
        issuedAgain.removeAll(leasesAfterTheRun);
        sandbox.vault().revokeLease(issuedAgain.get(0));
        ObjectNode change = JsonMapper.shared().createObjectNode().put("active", true);
        scenario.leftovers().stream()
                .filter(name -> name.startsWith("webhook:"))
                .forEach(name ->
                        sandbox.github().changeHook(Long.parseLong(name.substring("webhook:".length())), change));
    }

    @Test
    void itEndsAsAFailure() {
        assertThat(exit).as(String.join("\n", lines)).isEqualTo(ExitCode.FAILURE);
    }

    @Test
    void aThingThatIsDifferentAfterUndoIsNamed() {
        assertThat(broken).anyMatch(line -> line.contains("after undo nothing is different but webhook:"));
        assertThat(lines).anyMatch(line -> line.contains("different: flag:" + HURT));
    }

    @Test
    void aCredentialTooManyIsNamed() {
        assertThat(broken)
                .anyMatch(line ->
                        line.contains("nothing is new but what issuing again takes") && line.contains(stranger));
    }

    @Test
    void aCredentialTooFewIsNamed() {
        assertThat(broken).anyMatch(line -> line.contains("everything that undo issued again is there, once"));
    }

    @Test
    void whatSomebodyHasChangedMustBeAsTheyLeftIt() {
        assertThat(broken).anyMatch(line -> line.matches(".*: webhook:\\d+ is as somebody has left it"));
    }

    @Test
    void aConflictThatWasNotForeseenIsNamed() {
        assertThat(broken).anyMatch(line -> line.contains(" alone and nothing else"));
    }

    @Test
    void anOperationThatTheSystemCountedTwiceIsNamed() {
        assertThat(broken).anyMatch(line -> line.contains("nothing is done twice"));
        assertThat(lines).anyMatch(line -> line.endsWith("none twice: NO"));
    }

    @Test
    void aNearMissThatTheProductDoesNotLeaveAloneIsNamed() {
        assertThat(broken)
                .anyMatch(line -> line.contains("flag:" + DtenScenario.PROTECTED_FLAG + " is left alone because")
                        && line.contains("the product says: planned"))
                .anyMatch(line -> line.contains("what the upgrade left behind, all of it and nothing else"));
    }

    @Test
    void aNearMissThatIsTouchedIsNoticed() {
        assertThat(broken).anyMatch(line -> line.contains("what only looked like a leftover is untouched"));
    }
}
