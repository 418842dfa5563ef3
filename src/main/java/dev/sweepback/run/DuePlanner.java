package dev.sweepback.run;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversible;
import dev.sweepback.connector.State;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Ids;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.PlanId;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.TakenBack;
import dev.sweepback.plan.Basis;
import dev.sweepback.plan.Digests;
import dev.sweepback.plan.Guards;
import dev.sweepback.plan.Item;
import dev.sweepback.plan.Keeps;
import dev.sweepback.plan.Objection;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.plan.Planner;
import dev.sweepback.plan.Purpose;
import dev.sweepback.plan.Readers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Plans the removal of what a quarantine has held long enough, as a run that continues the one that disabled it. The guards are
 * those of a cleanup, as they are now. What was put back is left alone; what is gone or was changed since is held no longer.
 */
public final class DuePlanner {

    private final JournalReader journal;
    private final Readers readers;
    private final Planner planner;
    private final Clock clock;

    public DuePlanner(JournalReader journal, Readers readers, Planner planner, Clock clock) {
        this.journal = journal;
        this.readers = readers;
        this.planner = planner;
        this.clock = clock;
    }

    /** One thing that a quarantine holds. */
    public record Held(Run run, OperationRecord operation, Instant dueAt, String action) {

        String step() {
            return operation.intent().flatMap(intent -> intent.data("step")).orElse("");
        }
    }

    /** All that quarantines hold, due or not. */
    public static List<Held> held(JournalReader journal) {
        List<Held> held = new ArrayList<>();
        for (Run run : Run.all(journal)) {
            Set<OperationId> ended = endedSince(journal, run.started().seq());
            run.operations().stream()
                    .filter(OperationRecord::succeeded)
                    .filter(operation -> !ended.contains(operation.id()))
                    .forEach(operation -> dueAt(operation)
                            .ifPresent(at -> held.add(new Held(
                                    run,
                                    operation,
                                    at,
                                    operation
                                            .end()
                                            .flatMap(end -> end.data("thenAction"))
                                            .orElseThrow()))));
        }
        return held;
    }

    private static Optional<Instant> dueAt(OperationRecord operation) {
        return operation
                .end()
                .flatMap(end ->
                        end.data("quarantine").map(quarantine -> end.time().plus(Duration.parse(quarantine))));
    }

    /** Operations that were put back, or whose second action was carried out or found to be impossible. */
    private static Set<OperationId> endedSince(JournalReader journal, long seq) {
        Set<OperationId> ended = TakenBack.ids(journal, seq);
        journal.read(
                Query.of(EntryType.OPERATION_OUTCOME, EntryType.OPERATION_SKIPPED)
                        .after(seq),
                entry -> {
                    boolean over = !Entries.isRevert(entry)
                            && (Ending.isIn(entry)
                                    || entry.outcome()
                                            .filter(outcome -> outcome.succeeded())
                                            .isPresent());
                    if (over) {
                        entry.data("of").ifPresent(of -> ended.add(new OperationId(of)));
                    }
                });
        return ended;
    }

    /**
     * What is due of one run.
     *
     * @param plan without operations if nothing can be removed
     * @param endings what needs to be held no longer, as it can never be removed by this run
     */
    record Planned(Plan plan, List<Ending> endings) {}

    Planned plan(Run run, Terms terms) {
        return new Draft(run, terms).make();
    }

    /** One plan in the making. */
    private final class Draft {
        private final Run run;
        private final Terms terms;
        private final Instant now = clock.instant();
        private final Guards guards;
        private final List<PlannedOperation> operations = new ArrayList<>();
        private final List<Item> kept = new ArrayList<>();
        private final List<Item> blocked = new ArrayList<>();
        private final List<Ending> endings = new ArrayList<>();

        Draft(Run run, Terms terms) {
            this.run = run;
            this.terms = terms;
            this.guards = new Guards(terms.policy(), Keeps.read(journal), now);
        }

        Planned make() {
            for (Held held : held(journal)) {
                if (held.run().id().equals(run.id()) && !held.dueAt().isAfter(now)) {
                    consider(held);
                }
            }
            Basis basis = planner.basis(terms.job(), terms.policy(), terms.upgrade());
            Plan plan = new Plan(
                    new PlanId(Ids.random()),
                    Purpose.DUE,
                    run.job(),
                    run.upgrade(),
                    now,
                    basis,
                    operations,
                    kept,
                    blocked,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.of(run.id()),
                    Digests.plan(basis, operations));
            return new Planned(plan, List.copyOf(endings));
        }

        private void consider(Held held) {
            OperationRecord operation = held.operation();
            Capture capture = readers.of(
                            operation.ref().connection(), operation.ref().kind())
                    .capture(List.of(operation.ref()))
                    .get(0);
            if (capture instanceof Capture.Unknown unknown) {
                throw unknown.error();
            }
            if (!(capture instanceof Capture.Present present)) {
                end(held, "already gone");
                return;
            }
            if (changed(operation, present.state())) {
                end(held, "changed since it was disabled");
                return;
            }
            Resource resource = present.resource();
            Optional<Objection> keep = guards.keeping(resource);
            if (keep.isPresent()) {
                kept.add(item(held, keep.get().reason(), keep.get().until()));
                return;
            }
            Reversible reversible = readers.connector(
                            operation.ref().connection(), operation.ref().kind())
                    .reversible(held.action(), resource);
            Optional<String> forbidden = guards.forbidding(resource).or(() -> guards.forbidding(reversible));
            if (forbidden.isPresent()) {
                blocked.add(item(held, forbidden.get(), Optional.empty()));
            } else {
                operations.add(operation(held, resource, reversible));
            }
        }

        private void end(Held held, String reason) {
            endings.add(new Ending(held, reason));
            kept.add(item(held, reason + ": left alone, and not held any longer", Optional.empty()));
        }

        private Item item(Held held, String reason, Optional<Instant> until) {
            OperationRecord operation = held.operation();
            return new Item(held.step(), operation.ref(), operation.name(), reason, until);
        }
    }

    private boolean changed(OperationRecord operation, State now) {
        State after = journal.snapshot(
                operation.end().flatMap(end -> end.data("after")).orElseThrow());
        return !after.sameAs(now);
    }

    private PlannedOperation operation(Held held, Resource resource, Reversible reversible) {
        OperationRecord first = held.operation();
        Descriptor descriptor =
                readers.connector(first.ref().connection(), first.ref().kind()).descriptor();
        Entry intent = first.intent().orElseThrow();
        return new PlannedOperation(
                new OperationId(Ids.random()),
                0,
                held.step(),
                List.of(),
                first.ref(),
                first.name(),
                held.action(),
                descriptor.action(held.action()).orElseThrow().sign(),
                reversible.reversibility(),
                reversible.lost(),
                "due since " + held.dueAt(),
                resource.fingerprint(),
                intent.data("population").orElse(""),
                Optional.empty(),
                Entries.handover(intent),
                Optional.of(first.id()));
    }
}
