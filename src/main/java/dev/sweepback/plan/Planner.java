package dev.sweepback.plan;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.connector.Use;
import dev.sweepback.job.Job;
import dev.sweepback.job.ManifestFacts;
import dev.sweepback.job.Match;
import dev.sweepback.job.Policy;
import dev.sweepback.job.Settings;
import dev.sweepback.job.Step;
import dev.sweepback.job.UpgradeFacts;
import dev.sweepback.journal.Ids;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.PlanId;
import dev.sweepback.upgrade.Upgrade;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes plans for jobs. Reads the systems, changes nothing, and records nothing. */
public final class Planner {

    private final Settings settings;
    private final Readers readers;
    private final JournalReader journal;
    private final Clock clock;
    private final UndoProspect prospect;

    public Planner(Settings settings, Readers readers, JournalReader journal, Clock clock) {
        this.settings = settings;
        this.readers = readers;
        this.journal = journal;
        this.clock = clock;
        this.prospect = new UndoProspect(readers);
    }

    /**
     * @throws dev.sweepback.connector.ConnectorException if any population could not be read to its end, or not what is
     *     selected of it: unknown is never empty, and neither in use nor out of it
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
                upgrade.verified()
                        .map(checked -> new ManifestFacts(
                                checked.name(),
                                checked.version(),
                                checked.date(),
                                checked.reboot().word())),
                settings.clockSkew());
    }

    /** One plan in the making. */
    private final class Draft {
        private final Job job;
        private final Policy policy;
        private final Upgrade upgrade;
        private final Instant now = clock.instant();
        private final Guards guards;
        private final Needed needed;
        private final Earlier earlier;
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
            this.earlier = new Earlier(journal, readers, job, upgrade, now);
            this.guards = new Guards(policy, Keeps.read(journal), now);
            this.needed = new Needed(job, settings);
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
                    refusals(sizes),
                    Optional.empty(),
                    Digests.plan(basis, operations));
        }

        private List<Refusal> refusals(List<Count> sizes) {
            List<Refusal> refusals = new ArrayList<>(new Allowed(job, policy).refusals(operations));
            refusals.addAll(Caps.check(policy, operations, sizes, journal));
            return refusals;
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
            for (Resource resource : withUse(step, notYetDone(step, selected))) {
                consider(step, resource).ifPresent(reversible -> chosen.put(resource, reversible));
            }
            Optional<String> objection = prospect.objection(step, chosen.values());
            chosen.forEach((resource, reversible) -> {
                if (objection.isEmpty() || !UndoProspect.restsOnStep(step, reversible)) {
                    take(stage, step, resource, reversible);
                } else if (mayBeLost(step, reversible)) {
                    take(stage, step, resource, new Reversible(Reversibility.NONE, List.of(objection.get())));
                } else {
                    blocked.add(item(step, resource, objection.get()));
                }
            });
        }

        /** What could not be handed over again cannot be put back. */
        private boolean mayBeLost(Step step, Reversible reversible) {
            Reversible lost = new Reversible(Reversibility.NONE, List.of());
            return reversible.reversibility() == Reversibility.REISSUE
                    && guards.forbidding(lost, step.irreversible()).isEmpty();
        }

        private void take(int stage, Step step, Resource resource, Reversible reversible) {
            operations.add(operation(stage, step, resource, reversible));
            taken.put(resource.ref(), step.name());
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

        private List<Resource> notYetDone(Step step, List<Resource> selected) {
            Map<ResourceRef, String> objections = earlier.objections(
                    step,
                    selected.stream()
                            .filter(resource -> !taken.containsKey(resource.ref()))
                            .toList());
            List<Resource> left = new ArrayList<>();
            for (Resource resource : selected) {
                Optional<String> already = Optional.ofNullable(taken.get(resource.ref()))
                        .map(other -> "already in step '" + other + "'")
                        .or(() -> Optional.ofNullable(objections.get(resource.ref())));
                if (already.isPresent()) {
                    kept.add(item(step, resource, already.get()));
                } else {
                    left.add(resource);
                }
            }
            return left;
        }

        private List<Resource> withUse(Step step, List<Resource> resources) {
            return Idle.asked(readers.of(step.connection(), step.kind()), resources, policy.minIdle());
        }

        private Optional<Reversible> consider(Step step, Resource resource) {
            Optional<Objection> keep = needed.objection(resource).or(() -> guards.keeping(resource));
            if (keep.isPresent()) {
                kept.add(new Item(
                        step.name(),
                        resource.ref(),
                        resource.name(),
                        keep.get().reason(),
                        keep.get().until()));
                return Optional.empty();
            }
            Reversible reversible = prospect.of(step, resource);
            Optional<String> forbidden = guards.forbidding(resource, step.instructions())
                    .or(() -> guards.forbidding(reversible, step.irreversible()));
            if (forbidden.isPresent()) {
                blocked.add(item(step, resource, forbidden.get()));
                return Optional.empty();
            }
            return Optional.of(reversible);
        }

        private PlannedOperation operation(int stage, Step step, Resource resource, Reversible reversible) {
            Descriptor descriptor =
                    readers.connector(step.connection(), step.kind()).descriptor();
            String idle = resource.use() instanceof Use.NotTold
                    ? "; " + descriptor.system() + " does not tell when it was last used"
                    : "";
            String tripwire = step.quarantine()
                    .map(unused -> descriptor.tellsUse()
                            ? "; tripwire on"
                            : "; no tripwire: " + descriptor.system() + " does not tell")
                    .orElse("");
            String experimental = descriptor.experimental() ? "; experimental connector" : "";
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
                    "selected by step '" + step.name() + "'" + idle + tripwire + experimental,
                    resource.fingerprint(),
                    Count.key(step.connection(), step.kind(), step.scope()),
                    step.quarantine(),
                    step.instructions(),
                    Optional.of(resource.use()),
                    Optional.empty());
        }

        private Item item(Step step, Resource resource, String reason) {
            return new Item(step.name(), resource.ref(), resource.name(), reason);
        }
    }
}
