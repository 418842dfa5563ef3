package dev.sweepback.plan;

import dev.sweepback.job.Allow;
import dev.sweepback.job.Job;
import dev.sweepback.job.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether a policy allows a job, and the connections that it acts on, at all. */
public final class Allowed {

    private final Job job;
    private final Policy policy;
    private final Allow allow;

    public Allowed(Job job, Policy policy) {
        this.job = job;
        this.policy = policy;
        this.allow = policy.permits().allow();
    }

    /** Nothing cuts a plan to size: one that would act elsewhere is refused as a whole. */
    List<Refusal> refusals(List<PlannedOperation> operations) {
        List<Refusal> refusals = new ArrayList<>();
        label().ifPresent(what -> refusals.add(refusal(what)));
        operations.stream()
                .map(operation -> operation.ref().connection())
                .distinct()
                .flatMap(connection -> connection(connection).stream())
                .forEach(what -> refusals.add(refusal(what)));
        return refusals;
    }

    /** Why the job must not act on a connection; empty if it may. */
    public Optional<String> objection(String connection) {
        return label().or(() -> connection(connection));
    }

    private Optional<String> label() {
        Map<String, String> missing = new TreeMap<>(allow.labels());
        missing.entrySet().removeAll(job.labels().entrySet());
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("job '" + job.name() + "' does not have the label "
                        + missing.entrySet().stream()
                                .map(label -> label.getKey() + ": " + label.getValue())
                                .collect(Collectors.joining(" and "))
                        + ", which policy '" + policy.name() + "' asks for");
    }

    private Optional<String> connection(String name) {
        return allow.connections()
                .filter(names -> !names.contains(name))
                .map(names -> "policy '" + policy.name() + "' does not allow connection '" + name + "', only "
                        + String.join(", ", names));
    }

    private Refusal refusal(String what) {
        return new Refusal("allow", what, "narrow the job, or change allow in policy '" + policy.name() + "'");
    }
}
