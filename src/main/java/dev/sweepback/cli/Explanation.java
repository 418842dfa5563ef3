package dev.sweepback.cli;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Use;
import dev.sweepback.gate.GateState;
import dev.sweepback.gate.Matching;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Step;
import dev.sweepback.plan.Item;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.plan.Planner;
import dev.sweepback.plan.Purpose;
import dev.sweepback.plan.Readers;
import dev.sweepback.plan.UseJson;
import dev.sweepback.run.Terms;
import dev.sweepback.upgrade.Upgrade;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one job would do with a resource now.
 *
 * @param verdict {@code planned}, {@code kept}, {@code blocked}, {@code unclear}, {@code not selected} or {@code unknown}
 */
record Explanation(String job, String upgrade, String verdict, String reason) {

    /** What the checks of its job say now, each asked once; none where it follows no upgrade. */
    List<GateState.Answer> checks(Loaded files, Wiring wiring) {
        Optional<Job> known = Optional.ofNullable(files.jobs().get(job))
                .filter(one -> !one.checks().isEmpty());
        return known.flatMap(one -> Matching.upgrades(one, wiring.journal()).stream()
                        .reduce((earlier, later) -> later)
                        .map(followed -> wiring.gate(new Terms(one, files.policyOf(one), followed), Purpose.CLEANUP)
                                .ofChecks()))
                .orElse(List.of());
    }

    /** Of every job that has a step for the resource's kind and connection, for the newest upgrade that it follows. */
    static List<Explanation> all(ResourceRef resource, Loaded files, Wiring wiring, Readers readers) {
        List<Explanation> explanations = new ArrayList<>();
        for (Job job : files.jobs().values()) {
            if (!steps(job, resource).isEmpty()) {
                explanations.add(of(resource, job, files, wiring, readers));
            }
        }
        return explanations;
    }

    private static List<Step> steps(Job job, ResourceRef resource) {
        return job.steps().stream()
                .filter(step -> step.connection().equals(resource.connection())
                        && step.kind().equals(resource.kind()))
                .toList();
    }

    private static Explanation of(ResourceRef resource, Job job, Loaded files, Wiring wiring, Readers readers) {
        List<Upgrade> followed = Matching.upgrades(job, wiring.journal());
        if (followed.isEmpty()) {
            return new Explanation(job.name(), "-", "not selected", "the job follows no upgrade yet");
        }
        Upgrade upgrade = followed.get(followed.size() - 1);
        String id = upgrade.id().value();
        try {
            Plan plan = new Planner(
                            wiring.settings(),
                            readers,
                            wiring.journal(),
                            wiring.outside().clock())
                    .plan(job, files.policyOf(job), upgrade);
            return of(resource, job, plan, readers);
        } catch (ConnectorException e) {
            return new Explanation(job.name(), id, "unknown", e.getMessage() + "; " + e.remedy());
        }
    }

    /** By a plan of the job that was just made. */
    static Explanation of(ResourceRef resource, Job job, Plan plan, Readers readers) {
        String upgrade = plan.upgrade().orElseThrow().value();
        return in(plan, resource, job, upgrade)
                .orElseGet(() -> absent(resource, job, upgrade, steps(job, resource), readers));
    }

    private static Optional<Explanation> in(Plan plan, ResourceRef resource, Job job, String upgrade) {
        for (PlannedOperation operation : plan.operations()) {
            if (operation.ref().equals(resource)) {
                return Optional.of(new Explanation(
                        job.name(),
                        upgrade,
                        "planned",
                        operation.action() + ", " + operation.reason() + use(operation)));
            }
        }
        return item(plan.kept(), "kept", resource, job, upgrade)
                .or(() -> item(plan.blocked(), "blocked", resource, job, upgrade))
                .or(() -> item(plan.unclear(), "unclear", resource, job, upgrade));
    }

    /** Where its system tells nothing, the reason says so. */
    private static String use(PlannedOperation operation) {
        return operation
                .use()
                .filter(use -> !(use instanceof Use.NotTold))
                .map(use -> "; " + UseJson.text(use))
                .orElse("");
    }

    private static Optional<Explanation> item(
            List<Item> items, String verdict, ResourceRef resource, Job job, String upgrade) {
        return items.stream()
                .filter(item -> item.ref().equals(resource))
                .findFirst()
                .map(item ->
                        new Explanation(job.name(), upgrade, verdict, item.reason() + " (step '" + item.step() + "')"));
    }

    private static Explanation absent(
            ResourceRef resource, Job job, String upgrade, List<Step> steps, Readers readers) {
        List<String> reasons = new ArrayList<>();
        for (Step step : steps) {
            boolean listed = readers.of(step.connection(), step.kind()).find(step.scope()).resources().stream()
                    .anyMatch(one -> one.ref().equals(resource));
            reasons.add("step '" + step.name() + "': "
                    + (listed
                            ? "its condition does not select it, or the step stops: "
                                    + step.where().map(Object::toString).orElse("no condition")
                            : "the system does not list it in the step's scope"));
        }
        return new Explanation(job.name(), upgrade, "not selected", String.join("; ", reasons));
    }
}
