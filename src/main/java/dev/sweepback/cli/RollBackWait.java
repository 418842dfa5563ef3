package dev.sweepback.cli;

import dev.sweepback.job.BackOut;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.ActingLock;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.RollBack;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.RunJson;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.UpgradeJson;
import dev.sweepback.upgrade.UpgradeState;
import dev.sweepback.upgrade.Upgrades;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Waits until what was removed for an upgrade is put back: by the process that acts, or else does it. */
final class RollBackWait {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final UpgradeId upgrade;
    private final Loaded files;
    private final Consent consent;
    private final Why why;
    private final Common common;
    private final Outside outside;
    private final Console console;

    RollBackWait(
            UpgradeId upgrade,
            Loaded files,
            Consent consent,
            Why why,
            Common common,
            Outside outside,
            Console console) {
        this.upgrade = upgrade;
        this.files = files;
        this.consent = consent;
        this.why = why;
        this.common = common;
        this.outside = outside;
        this.console = console;
    }

    int call() {
        Wiring wiring = common.open(files, outside);
        Optional<Acting> begun = Optional.empty();
        try {
            String said = "";
            while (begun.isEmpty()) {
                if (isOver(wiring.journal())) {
                    return end(List.of(), wiring.journal());
                }
                try {
                    begun = Optional.of(
                            Acting.begin(wiring, "upgrade rollback " + upgrade, common, console, why.note()));
                } catch (ActingLock.Held held) {
                    if (isLeftToPeople(wiring.journal())) {
                        console.say("end this process first, and start it again afterwards: " + held.holder());
                        return end(List.of(), wiring.journal());
                    }
                    if (!said.equals(held.holder())) {
                        said = held.holder();
                        console.say("waiting: this puts it back, or has to end first: " + said);
                    }
                    outside.pause().until(outside.clock().instant().plus(LOOK));
                }
            }
        } finally {
            if (begun.isEmpty()) {
                wiring.close();
            }
        }
        try (Acting acting = begun.get()) {
            return acting.carryOut(() -> putBack(acting, wiring));
        }
    }

    private boolean isOver(JournalReader journal) {
        return state(journal) != UpgradeState.ROLLING_BACK;
    }

    private UpgradeState state(JournalReader journal) {
        return Upgrades.find(journal, upgrade).orElseThrow().state();
    }

    /** The process that acts has nothing left that it does by itself, or could not do it: nobody knows for how long. */
    private boolean isLeftToPeople(JournalReader journal) {
        return RollBack.of(upgrade, files, journal).left().stream()
                .allMatch(part -> part.how() != BackOut.OnRollback.AUTO || part.hasFailed());
    }

    private int putBack(Acting acting, Wiring wiring) {
        acting.settle(why.note());
        List<Run> undos = goOn(acting);
        Cleanup cleanup = acting.cleanup();
        RollBack state = cleanup.rollBack(upgrade, files);
        for (RollBack.Part part : state.due(outside.clock().instant())) {
            if (!acting.stopped()) {
                cleanup.rollBack(upgrade, part, why.note()).ifPresent(undos::add);
            }
        }
        for (RollBack.Part part : state.asks()) {
            if (isWanted(part, acting)) {
                cleanup.rollBack(upgrade, part, why.note()).ifPresent(undos::add);
            }
        }
        cleanup.rolledBack(cleanup.rollBack(upgrade, files), why.note());
        int exit = end(undos, wiring.journal());
        return acting.stopped() ? ExitCode.INTERRUPTED.number() : exit;
    }

    /** Undos of its runs that were begun before and have not come to their end. */
    private List<Run> goOn(Acting acting) {
        List<Run> undos = new ArrayList<>();
        for (RunAnswer answer : acting.cleanup().resumeUndos(upgrade, why.note())) {
            if (answer instanceof RunAnswer.Ran ran) {
                undos.add(ran.run());
            }
        }
        return undos;
    }

    private boolean isWanted(RollBack.Part part, Acting acting) {
        if (acting.stopped() || (!consent.yes && !outside.interactive())) {
            return false;
        }
        String question =
                "Take back run " + part.run().id() + " of job " + part.run().job() + "?";
        acting.ask(() -> consent.ask(question, "upgrade rollback " + upgrade, outside, console));
        consent.acted();
        return true;
    }

    private int end(List<Run> undos, JournalReader journal) {
        Upgrade now = Upgrades.find(journal, upgrade).orElseThrow();
        RollBack state = RollBack.of(upgrade, files, journal);
        if (console.isTable()) {
            undos.forEach(undo -> console.lines(RunText.lines(undo, common)));
            UpgradeText.print(now, console);
        } else {
            console.data(toJson(now, state, undos));
        }
        state.leftAlone()
                .forEach(revert -> console.say("left alone: " + revert.ref()
                        + revert.end()
                                .flatMap(Entry::reason)
                                .map(why -> ": " + why)
                                .orElse("")));
        if (now.state() == UpgradeState.ROLLED_BACK) {
            return (conflicts(journal) > 0 ? ExitCode.CONFLICT : ExitCode.DONE).number();
        }
        state.left().stream()
                .filter(part -> part.how() != BackOut.OnRollback.NONE)
                .forEach(part -> console.say(
                        "still to be put back: what run " + part.run().id() + " of job "
                                + part.run().job() + " removed: "
                                + common.command("undo " + part.run().id())));
        console.say("then again: " + common.command("upgrade rollback " + upgrade + " --wait"));
        return (state.conflicts() > 0 ? ExitCode.CONFLICT : ExitCode.PARTLY).number();
    }

    private int conflicts(JournalReader journal) {
        return journal.first(
                        Query.of(EntryType.UPGRADE_ROLLED_BACK).upgrade(upgrade).latest(1))
                .map(entry -> entry.dataNode(Upgrades.CONFLICTS).asInt(0))
                .orElse(0);
    }

    private static ObjectNode toJson(Upgrade upgrade, RollBack state, List<Run> undos) {
        ObjectNode node = UpgradeJson.whole(upgrade);
        node.put("conflicts", state.conflicts());
        ArrayNode array = node.putArray("undos");
        undos.forEach(undo -> array.add(RunJson.toJson(undo)));
        ArrayNode left = node.putArray("left");
        state.left().stream()
                .filter(part -> part.how() != BackOut.OnRollback.NONE)
                .forEach(part -> left.addObject()
                        .put("runId", part.run().id().value())
                        .put("job", part.run().job()));
        return node;
    }
}
