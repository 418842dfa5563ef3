package dev.sweepback.cli;

import dev.sweepback.gate.Approvals;
import dev.sweepback.gate.ApprovalsJson;
import dev.sweepback.gate.Approving;
import dev.sweepback.job.Approval;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Permits;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Query;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Planner;
import dev.sweepback.plan.Purpose;
import dev.sweepback.plan.Readers;
import dev.sweepback.upgrade.Upgrades;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What somebody says to a plan that was made before: the plan is shown, the person asked, and the word recorded. */
final class PlanWord {

    /** What is said, once the person has seen the plan. */
    interface Saying {
        Entry record(Approving approving, Plan plan, Optional<Approval> wanted, Stale stale);
    }

    /** Why a plan can no longer be carried out, by the record as it is then. */
    interface Stale extends Function<JournalReader, Optional<String>> {}

    private final String command;
    private final String id;
    private final Note note;
    private final Outside outside;

    PlanWord(String command, String id, Note note, Outside outside) {
        this.command = command;
        this.id = id;
        this.note = note;
        this.outside = outside;
    }

    static Note note(Outside outside, String reason, Optional<String> ticket) {
        if (reason.isBlank()) {
            throw Failures.usage("usage", "--reason is empty: it is recorded", "--reason", "say why");
        }
        return new Note(outside.actor(), Optional.of(reason), ticket);
    }

    Entry approve(Approving approving, Plan plan, Optional<Approval> wanted, Stale stale) {
        return approving.approve(plan, wanted, stale, note);
    }

    Entry reject(Approving approving, Plan plan, Optional<Approval> wanted, Stale stale) {
        return approving.reject(plan, wanted, stale, note);
    }

    void say(Common common, Consent consent, Saying saying) {
        Console console = common.console(outside);
        Loaded files = common.files(outside, console);
        if (!common.hasStore(files, outside)) {
            throw common.noStore(files, outside);
        }
        try (Wiring wiring = common.open(files, outside);
                Readers readers = wiring.readers()) {
            Plan plan = Prefixes.plan(wiring.journal(), id);
            Optional<Approval> wanted = wanted(files, plan, console);
            show(plan, wanted, wiring, console);
            consent.ask(
                    (command.equals("approve") ? "Approve" : "Reject") + " plan " + plan.id() + "?",
                    command + " " + plan.id(),
                    outside,
                    console);
            Entry entry = saying.record(
                    new Approving(wiring.journal(), wiring.roles(), outside.clock()),
                    plan,
                    wanted,
                    stale(plan, files, wiring, readers, console));
            print(entry, plan, wanted.orElseThrow(), wiring, common, console);
        }
    }

    private static Optional<Approval> wanted(Loaded files, Plan plan, Console console) {
        if (plan.purpose() == Purpose.UNDO) {
            return UndoApproval.wanted(files, plan.job());
        }
        Permits permits = files.policyOf(Jobs.named(files, plan.job(), console)).permits();
        return permits.approval();
    }

    /** As it was recorded: what it says was read when it was made. */
    private void show(Plan plan, Optional<Approval> wanted, Wiring wiring, Console console) {
        PlanText.lines(plan).forEach(console::say);
        console.say("Digest: " + plan.digest());
        wiring.journal()
                .first(Query.of(EntryType.PLAN_MADE).plan(plan.id()))
                .ifPresent(made -> console.say("Made by " + made.actor().name() + " at " + made.time()
                        + made.reason().map(reason -> ": " + reason).orElse("")));
        wanted.ifPresent(
                approval -> console.say(approvals(plan, approval, wiring).text()));
    }

    private Approvals approvals(Plan plan, Approval wanted, Wiring wiring) {
        return Approvals.read(
                wiring.journal(),
                plan.id(),
                wanted,
                wiring.roles(),
                outside.clock().instant());
    }

    private Stale stale(Plan plan, Loaded files, Wiring wiring, Readers readers, Console console) {
        if (plan.purpose() == Purpose.UNDO) {
            return reader -> plan.staleAgainst(plan.basis(), outside.clock().instant());
        }
        Job job = Jobs.named(files, plan.job(), console);
        Planner planner = new Planner(wiring.settings(), readers, wiring.journal(), outside.clock());
        return reader -> plan.staleAgainst(
                planner.basis(
                        job,
                        files.policyOf(job),
                        Upgrades.find(reader, plan.upgrade().orElseThrow()).orElseThrow()),
                outside.clock().instant());
    }

    private void print(Entry entry, Plan plan, Approval wanted, Wiring wiring, Common common, Console console) {
        boolean rejected = entry.type() == EntryType.PLAN_REJECTED;
        Approvals approvals = approvals(plan, wanted, wiring);
        if (console.isTable()) {
            console.line(approvals.text());
            if (approvals.isEnough()) {
                console.line("Carry it out: " + common.command(next(plan)));
            } else if (!rejected) {
                console.line("The next: " + console.complete(approvals.command()));
            }
            return;
        }
        ObjectNode node = JsonMapper.shared()
                .createObjectNode()
                .put("planId", plan.id().value())
                .put("job", plan.job())
                .put("digest", plan.digest())
                .put("seq", entry.seq())
                .put(rejected ? "rejectedAt" : "approvedAt", entry.time().toString())
                .put("actor", entry.actor().name());
        plan.upgrade().ifPresent(upgrade -> node.put("upgrade", upgrade.value()));
        entry.data("role").ifPresent(role -> node.put("role", role));
        entry.data("expiresAt").ifPresent(expiresAt -> node.put("expiresAt", expiresAt));
        node.set("approval", ApprovalsJson.toJson(approvals));
        console.data(node);
    }

    private static String next(Plan plan) {
        return plan.purpose() == Purpose.UNDO
                ? "undo " + plan.relatesTo().orElseThrow() + " --plan " + plan.id()
                : "run " + plan.job() + " --plan " + plan.id();
    }
}
