package dev.sweepback.plan;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.connector.Use;
import dev.sweepback.job.Job;
import dev.sweepback.job.Match;
import dev.sweepback.job.Policy;
import dev.sweepback.job.Settings;
import dev.sweepback.job.Step;
import dev.sweepback.job.UpgradeFacts;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Ids;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.PlanId;
import dev.sweepback.journal.Query;
import dev.sweepback.upgrade.Upgrade;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes plans for jobs. Reads the systems, changes nothing, and records nothing. */
public final class Planner {

    /** A credential that undo must hand over by file is fine for a few, not for many. */
    static final int MOST_WITHOUT_HANDOVER = 5;

    private final Settings settings;
    private final Readers readers;
    private final JournalReader journal;
    private final Clock clock;

    public Planner(Settings settings, Readers readers, JournalReader journal, Clock clock) {
        this.settings = settings;
        this.readers = readers;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * @throws dev.sweepback.connector.ConnectorException if any population could not be read to its end: unknown is never
     *     empty
     */
    public Plan plan(Job job, Policy policy, Upgrade upgrade) {
        return new Draft(job, policy, upgrade).make();
    }

    /** What a plan for these would rest on now. */
    public Basis basis(Job job, Policy policy, Upgrade upgrade) {
        List<Connection> connections = job.steps().stream()
                .map(Step::connection)
                .distinct()
                .map(readers::connection)
                .toList();
        return Digests.basis(job, policy, upgrade, connections);
    }

    public UpgradeFacts facts(Upgrade upgrade) {
        return new UpgradeFacts(
                upgrade.id().value(),
                upgrade.packageName(),
                upgrade.from(),
                upgrade.to(),
                upgrade.environment(),
                upgrade.startedAt(),
                upgrade.completedAt(),
                upgrade.window().start(),
                upgrade.window().end(),
                upgrade.window().buffer(),
                settings.clockSkew());
    }

    /** One plan in the making. */
    private final class Draft {
        private final Job job;
        private final Policy policy;
        private final Upgrade upgrade;
        private final Instant now = clock.instant();
        private final Guards guards;
        private final Map<ResourceRef, Quarantine.Held> quarantine =
                Quarantine.held(journal).stream().collect(Collectors.toMap(Quarantine.Held::ref, held -> held));
        private final Map<String, String> done;
        private final Map<String, Population> populations = new HashMap<>();
        private final Map<String, Count> counts = new LinkedHashMap<>();
        private final Map<ResourceRef, String> taken = new HashMap<>();
        private final List<PlannedOperation> operations = new ArrayList<>();
        private final List<Item> kept = new ArrayList<>();
        private final List<Item> blocked = new ArrayList<>();
        private final List<Item> unclear = new ArrayList<>();
        private final List<String> stopped = new ArrayList<>();

        Draft(Job job, Policy policy, Upgrade upgrade) {
            this.job = job;
            this.policy = policy;
            this.upgrade = upgrade;
            this.done = doneSinceEnabled();
            this.guards = new Guards(policy, Keeps.read(journal), now);
        }

        Plan make() {
            for (int stage = 0; stage < job.steps().size(); stage++) {
                step(stage, job.steps().get(stage));
            }
            Basis basis = basis(job, policy, upgrade);
            List<Count> sizes = List.copyOf(counts.values());
            return new Plan(
                    new PlanId(Ids.random()),
                    Purpose.CLEANUP,
                    job.name(),
                    Optional.of(upgrade.id()),
                    now,
                    basis,
                    operations,
                    kept,
                    blocked,
                    unclear,
                    stopped,
                    sizes,
                    Caps.check(policy, operations, sizes, journal),
                    Optional.empty(),
                    Digests.plan(basis, operations));
        }

        private void step(int stage, Step step) {
            Population population = population(step);
            if (step.needs().stream().anyMatch(stopped::contains)) {
                stopped.add(step.name());
                return;
            }
            List<Resource> selected = select(step, population);
            if (stopped.contains(step.name())) {
                return;
            }
            Map<Resource, Reversible> chosen = new LinkedHashMap<>();
            for (Resource resource : selected) {
                consider(step, resource).ifPresent(reversible -> chosen.put(resource, reversible));
            }
            Optional<String> noHandover = handoverObjection(step, chosen.values());
            chosen.forEach((resource, reversible) -> {
                if (noHandover.isPresent() && reversible.reversibility() == Reversibility.REISSUE) {
                    blocked.add(item(step, resource, noHandover.get()));
                } else {
                    operations.add(operation(stage, step, resource, reversible));
                    taken.put(resource.ref(), step.name());
                }
            });
        }

        private Optional<String> handoverObjection(Step step, Collection<Reversible> chosen) {
            long toIssueAgain = chosen.stream()
                    .filter(reversible -> reversible.reversibility() == Reversibility.REISSUE)
                    .count();
            if (toIssueAgain == 0) {
                return Optional.empty();
            }
            if (toIssueAgain > MOST_WITHOUT_HANDOVER
                    && step.handover().connection().isEmpty()) {
                return Optional.of(
                        "more than " + MOST_WITHOUT_HANDOVER + " to issue again need a 'handover' in the step");
            }
            return readers.of(step.connection(), step.kind()).objection(step.handover());
        }

        private Population population(Step step) {
            String key = Count.key(step.connection(), step.kind(), step.scope());
            Population population = populations.computeIfAbsent(
                    key, unused -> readers.of(step.connection(), step.kind()).find(step.scope()));
            counts.put(key, new Count(key, step.connection(), step.kind(), population.size()));
            return population;
        }

        private List<Resource> select(Step step, Population population) {
            UpgradeFacts facts = facts(upgrade);
            List<Resource> selected = new ArrayList<>();
            for (Resource resource : population.resources()) {
                boolean tracked = upgrade.tracked().contains(resource.ref());
                Match match = step.where()
                        .map(condition -> condition.test(resource, facts, tracked, now))
                        .orElseGet(Match.Yes::new);
                if (match instanceof Match.Yes) {
                    selected.add(resource);
                } else if (match instanceof Match.Unclear why) {
                    unclear.add(item(step, resource, "the condition cannot tell: " + why.reason()));
                    if (!stopped.contains(step.name())) {
                        stopped.add(step.name());
                    }
                }
            }
            return selected;
        }

        private Optional<Reversible> consider(Step step, Resource resource) {
            if (taken.containsKey(resource.ref())) {
                kept.add(item(step, resource, "already in step '" + taken.get(resource.ref()) + "'"));
                return Optional.empty();
            }
            Optional<String> already = heldAlready(step, resource).or(() -> doneAlready(step, resource));
            if (already.isPresent()) {
                kept.add(item(step, resource, already.get()));
                return Optional.empty();
            }
            Optional<Objection> keep = guards.keeping(resource);
            if (keep.isPresent()) {
                kept.add(new Item(
                        step.name(),
                        resource.ref(),
                        resource.name(),
                        keep.get().reason(),
                        keep.get().until()));
                return Optional.empty();
            }
            Reversible reversible = reversible(step, resource);
            Optional<String> forbidden = guards.forbidding(resource).or(() -> guards.forbidding(reversible));
            if (forbidden.isPresent()) {
                blocked.add(item(step, resource, forbidden.get()));
                return Optional.empty();
            }
            return Optional.of(reversible);
        }

        /** What this job's quarantine for this upgrade holds, and nobody has touched since, is not disabled a second time. */
        private Optional<String> heldAlready(Step step, Resource resource) {
            Quarantine.Held held = quarantine.get(resource.ref());
            boolean ours = held != null
                    && held.by().equals(step.action())
                    && held.run().job().equals(job.name())
                    && held.run().upgrade().equals(Optional.of(upgrade.id()));
            if (held == null || !ours) {
                return Optional.empty();
            }
            Capture capture = readers.of(step.connection(), step.kind())
                    .capture(List.of(resource.ref()))
                    .get(0);
            if (capture instanceof Capture.Unknown unknown) {
                throw unknown.error();
            }
            String since =
                    "held since run " + held.run().id() + ", to " + held.action() + " from " + held.dueAt() + " on";
            try {
                boolean left = capture instanceof Capture.Present present && held.left(present.state(), journal);
                return left ? Optional.of(since) : Optional.empty();
            } catch (JournalException lost) {
                return Optional.of(since + "; whether somebody has changed it cannot be told: " + lost.getMessage());
            }
        }

        /** What this job did under the enabling that still holds is not done twice: somebody may have put it back by hand. */
        private Optional<String> doneAlready(Step step, Resource resource) {
            return Optional.ofNullable(done.get(resource.ref() + " " + step.action()))
                    .map(run -> "done by run " + run + " already; to do it once more: sweepback enable " + job.name()
                            + " --upgrade " + upgrade.id());
        }

        private Map<String, String> doneSinceEnabled() {
            long enabled = journal.first(Query.of(EntryType.JOB_ENABLED)
                            .job(job.name())
                            .upgrade(upgrade.id())
                            .latest(1))
                    .map(Entry::seq)
                    .orElse(0L);
            Map<String, String> found = new HashMap<>();
            Query outcomes = Query.of(EntryType.OPERATION_OUTCOME)
                    .job(job.name())
                    .upgrade(upgrade.id())
                    .after(enabled);
            journal.read(outcomes, entry -> {
                String key = entry.resource().map(Object::toString).orElse("") + " "
                        + entry.action().orElse("");
                if (entry.reverts().isPresent()) {
                    found.remove(key);
                } else if (entry.outcome().filter(Outcome.DONE::equals).isPresent()) {
                    found.put(key, entry.run().map(Object::toString).orElse(""));
                }
            });
            return found;
        }

        private Reversible reversible(Step step, Resource resource) {
            Connector connector = readers.connector(step.connection(), step.kind());
            Reversible first = connector.reversible(step.action(), resource);
            return step.then()
                    .map(then -> weaker(first, connector.reversible(then.action(), resource)))
                    .orElse(first);
        }

        private Reversible weaker(Reversible first, Reversible second) {
            return second.reversibility().weakerThan(first.reversibility()) ? second : first;
        }

        private PlannedOperation operation(int stage, Step step, Resource resource, Reversible reversible) {
            Descriptor descriptor =
                    readers.connector(step.connection(), step.kind()).descriptor();
            String idle = resource.use() instanceof Use.NotTold
                    ? "; " + descriptor.system() + " does not tell when it was last used"
                    : "";
            return new PlannedOperation(
                    new OperationId(Ids.random()),
                    stage,
                    step.name(),
                    step.needs(),
                    resource.ref(),
                    resource.name(),
                    step.action(),
                    descriptor.action(step.action()).orElseThrow().sign(),
                    reversible.reversibility(),
                    reversible.lost(),
                    "selected by step '" + step.name() + "'" + idle,
                    resource.fingerprint(),
                    Count.key(step.connection(), step.kind(), step.scope()),
                    step.then(),
                    step.handover(),
                    Optional.empty());
        }

        private Item item(Step step, Resource resource, String reason) {
            return new Item(step.name(), resource.ref(), resource.name(), reason);
        }
    }
}
