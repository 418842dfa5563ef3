package dev.sweepback.run;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.Handover;
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
import dev.sweepback.plan.Item;
import dev.sweepback.plan.Keeps;
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
 * Plans the removal of what a quarantine has held long enough, as a run that continues the one that disabled it. What was
 * changed since, is protected or kept by hand now, or was put back, is left alone.
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
    public record Held(Run run, OperationRecord operation, Instant dueAt, String action) {}

    /** All that quarantines hold, due or not. */
    public static List<Held> held(JournalReader journal) {
        List<Held> held = new ArrayList<>();
        Set<OperationId> ended = endedSince(journal, 0);
        Run.each(journal, Query.of(EntryType.RUN_STARTED), run -> {
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
        });
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
        journal.read(Query.of(EntryType.OPERATION_OUTCOME).after(seq), entry -> {
            boolean over = !Entries.isRevert(entry)
                    && entry.outcome().filter(outcome -> outcome.succeeded()).isPresent();
            if (over) {
                entry.data("of").ifPresent(of -> ended.add(new OperationId(of)));
            }
        });
        return ended;
    }

    /** The plan for what is due of one run; without operations if nothing is. */
    public Plan plan(Run run, Terms terms) {
        Instant now = clock.instant();
        Keeps keeps = Keeps.read(journal);
        List<PlannedOperation> operations = new ArrayList<>();
        List<Item> kept = new ArrayList<>();
        List<Item> blocked = new ArrayList<>();
        for (Held held : held(journal)) {
            if (held.run().id().equals(run.id()) && !held.dueAt().isAfter(now)) {
                consider(held, terms, keeps, now, operations, kept, blocked);
            }
        }
        Basis basis = planner.basis(terms.job(), terms.policy(), terms.upgrade());
        return new Plan(
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
    }

    private void consider(
            Held held,
            Terms terms,
            Keeps keeps,
            Instant now,
            List<PlannedOperation> operations,
            List<Item> kept,
            List<Item> blocked) {
        OperationRecord operation = held.operation();
        String step = operation.intent().orElseThrow().data("step").orElse("");
        Capture capture = readers.of(
                        operation.ref().connection(), operation.ref().kind())
                .capture(List.of(operation.ref()))
                .get(0);
        if (capture instanceof Capture.Unknown unknown) {
            throw unknown.error();
        }
        Optional<String> keep = keeps.objection(operation.ref(), now);
        if (keep.isPresent()) {
            kept.add(new Item(step, operation.ref(), operation.name(), keep.get()));
        } else if (!(capture instanceof Capture.Present present)) {
            kept.add(new Item(step, operation.ref(), operation.name(), "already gone"));
        } else if (changed(operation, present.state())) {
            kept.add(new Item(step, operation.ref(), operation.name(), "changed since it was disabled"));
        } else if (terms.policy().protects(present.resource())) {
            blocked.add(new Item(
                    step,
                    operation.ref(),
                    operation.name(),
                    "protected by policy '" + terms.policy().name() + "'"));
        } else {
            operations.add(operation(held, step, present.resource()));
        }
    }

    private boolean changed(OperationRecord operation, State now) {
        State after = journal.snapshot(
                operation.end().flatMap(end -> end.data("after")).orElseThrow());
        return !after.sameAs(now);
    }

    private PlannedOperation operation(Held held, String step, Resource resource) {
        OperationRecord first = held.operation();
        Connector connector =
                readers.connector(first.ref().connection(), first.ref().kind());
        Reversible reversible = connector.reversible(held.action(), resource);
        Entry intent = first.intent().orElseThrow();
        return new PlannedOperation(
                new OperationId(Ids.random()),
                0,
                step,
                List.of(),
                first.ref(),
                first.name(),
                held.action(),
                connector.descriptor().action(held.action()).orElseThrow().sign(),
                reversible.reversibility(),
                reversible.lost(),
                "due since " + held.dueAt(),
                resource.fingerprint(),
                intent.data("population").orElse(""),
                Optional.empty(),
                Handover.LOCAL,
                Optional.of(first.id()));
    }
}
