package dev.sweepback.run;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversible;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Step;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Ids;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.PlanId;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunId;
import dev.sweepback.plan.Allowed;
import dev.sweepback.plan.Basis;
import dev.sweepback.plan.Captures;
import dev.sweepback.plan.Digests;
import dev.sweepback.plan.Guards;
import dev.sweepback.plan.Idle;
import dev.sweepback.plan.InstructionsJson;
import dev.sweepback.plan.Item;
import dev.sweepback.plan.Keeps;
import dev.sweepback.plan.Objection;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.plan.Planner;
import dev.sweepback.plan.Purpose;
import dev.sweepback.plan.Quarantine;
import dev.sweepback.plan.Quarantine.Held;
import dev.sweepback.plan.Readers;
import dev.sweepback.plan.UnknownConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** The plans for all that is due, of one job or of all; those with nothing to do or to say are left out. */
    public List<Due> all(Loaded files, Optional<String> job) {
        Map<RunId, List<Held>> due = new LinkedHashMap<>();
        held(job)
                .forEach(held -> due.computeIfAbsent(held.run().id(), unused -> new ArrayList<>())
                        .add(held));
        return due.values().stream()
                .flatMap(of -> plan(of, files).stream())
                .filter(Due::isWorthSaying)
                .toList();
    }

    /** What is due and cannot even be planned, as its job is not among the files. */
    public List<Held> withoutJob(Loaded files) {
        return held(Optional.empty())
                .filter(held -> Terms.of(files, held.run(), journal).isEmpty())
                .toList();
    }

    private Stream<Held> held(Optional<String> job) {
        Instant now = clock.instant();
        return Quarantine.held(journal, now).stream()
                .filter(held -> held.isDue(now))
                .filter(held -> job.map(held.run().job()::equals).orElse(true));
    }

    private Optional<Due> plan(List<Held> ofOneRun, Loaded files) {
        Run run = ofOneRun.get(0).run();
        return Terms.of(files, run, journal).map(terms -> new Draft(run, terms).make(ofOneRun));
    }

    /** One plan in the making. */
    private final class Draft {
        private final Run run;
        private final Terms terms;
        private final Instant now = clock.instant();
        private final Guards guards;
        private final Allowed allowed;
        private final List<PlannedOperation> operations = new ArrayList<>();
        private final List<Item> kept = new ArrayList<>();
        private final List<Item> blocked = new ArrayList<>();
        private final List<Item> unclear = new ArrayList<>();
        private final List<Ending> endings = new ArrayList<>();

        Draft(Run run, Terms terms) {
            this.run = run;
            this.terms = terms;
            this.guards = new Guards(terms.policy(), Keeps.read(journal), now);
            this.allowed = new Allowed(terms.job(), terms.policy());
        }

        Due make(List<Held> due) {
            Captures captures = Captures.of(readers, due.stream().map(Held::ref).toList());
            due.forEach(held -> consider(held, captures));
            Basis basis = basis();
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
                    unclear,
                    unclear.stream().map(Item::step).distinct().toList(),
                    List.of(),
                    List.of(),
                    Optional.of(run.id()),
                    Digests.plan(basis, operations));
            return new Due(plan, terms, endings);
        }

        /** A plan with nothing to carry out needs none: a step of the job may name a connection that is gone. */
        private Basis basis() {
            return operations.isEmpty() && endings.isEmpty()
                    ? new Basis("", "", "", "")
                    : planner.basis(terms.job(), terms.policy(), terms.upgrade());
        }

        /** One that cannot be looked at must not hold up the others; it stays due. */
        private void consider(Held held, Captures captures) {
            try {
                judge(held, captures.get(held.ref()));
            } catch (ConnectorException e) {
                unclear.add(item(held, e.getMessage() + "; " + e.remedy(), Optional.empty()));
            } catch (JournalException | UnknownConnection e) {
                unclear.add(item(held, String.valueOf(e.getMessage()), Optional.empty()));
            }
        }

        private void judge(Held held, Capture capture) {
            if (!(capture instanceof Capture.Present present)) {
                end(held, "already gone");
            } else if (!held.left(present.state(), journal)) {
                end(held, "changed since it was disabled");
            } else if (!isWantedStill(held)) {
                kept.add(item(
                        held,
                        "job '" + run.job() + "' does not say any more that it is to be removed",
                        Optional.empty()));
            } else {
                ask(held, present.resource());
            }
        }

        private boolean isWantedStill(Held held) {
            return terms.job().step(held.step()).flatMap(Step::then).equals(held.then());
        }

        private boolean isIrreversible(Held held) {
            return terms.job().step(held.step()).filter(Step::irreversible).isPresent();
        }

        private void ask(Held held, Resource found) {
            Reader reader = readers.of(held.ref().connection(), held.ref().kind());
            Instructions instructions = instructions(held);
            Connector connector =
                    readers.connector(held.ref().connection(), held.ref().kind());
            boolean watched = connector.descriptor().tellsUse();
            Resource resource = Idle.asked(
                            reader, List.of(found), watched, terms.policy().minIdle())
                    .get(0);
            Optional<Objection> keep = guards.keeping(resource, held.operation().acted(), watched);
            if (keep.isPresent()) {
                kept.add(item(held, keep.get().reason(), keep.get().until()));
                return;
            }
            Reversible reversible = connector.reversible(held.then().orElseThrow(), resource, instructions);
            Optional<String> forbidden = allowed.objection(held.ref().connection())
                    .or(() -> guards.forbidding(resource, instructions))
                    .or(() -> guards.forbidding(reversible, isIrreversible(held)));
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
            return new Item(held.step(), held.ref(), held.operation().name(), reason, until);
        }
    }

    private static Instructions instructions(Held held) {
        return InstructionsJson.read(held.operation().intent().orElseThrow().dataNode(InstructionsJson.KEY));
    }

    /** What archiving took out of the population is not taken out a second time. */
    private static boolean removedBefore(Entry intent) {
        return intent.data("sign").filter("-"::equals).isPresent();
    }

    private PlannedOperation operation(Held held, Resource resource, Reversible reversible) {
        OperationRecord first = held.operation();
        Descriptor descriptor =
                readers.connector(first.ref().connection(), first.ref().kind()).descriptor();
        Entry intent = first.intent().orElseThrow();
        String action = held.then().orElseThrow();
        return new PlannedOperation(
                new OperationId(Ids.random()),
                0,
                held.step(),
                List.of(),
                first.ref(),
                first.name(),
                action,
                descriptor.action(action).orElseThrow().sign(),
                reversible.reversibility(),
                reversible.lost(),
                "due since " + held.dueAt(),
                resource.fingerprint(),
                removedBefore(intent) ? "" : intent.data("population").orElse(""),
                Optional.empty(),
                instructions(held),
                Optional.of(resource.use()),
                Optional.of(first.id()));
    }
}
