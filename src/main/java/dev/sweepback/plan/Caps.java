package dev.sweepback.plan;

import dev.sweepback.job.Policy;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The limits of a policy. They refuse a whole plan; nothing cuts a plan to size. */
final class Caps {

    private final Policy policy;
    private final JournalReader journal;
    private final List<Refusal> refusals = new ArrayList<>();

    private Caps(Policy policy, JournalReader journal) {
        this.policy = policy;
        this.journal = journal;
    }

    static List<Refusal> check(
            Policy policy, List<PlannedOperation> operations, List<Count> populations, JournalReader journal) {
        Caps caps = new Caps(policy, journal);
        caps.operations(operations);
        populations.forEach(population -> caps.population(population, operations));
        return List.copyOf(caps.refusals);
    }

    private void operations(List<PlannedOperation> operations) {
        atMost(operations.size(), policy.limits().maxOperations(), "operations");
        operations.stream().map(operation -> operation.ref().kind()).distinct().forEach(kind -> {
            long count = operations.stream()
                    .filter(operation -> operation.ref().kind().equals(kind))
                    .count();
            if (policy.limits().byKind().containsKey(kind)) {
                atMost(count, policy.limits().of(kind).maxOperations(), "operations on resources of kind " + kind);
            }
        });
    }

    private void atMost(long count, int most, String what) {
        if (count > most) {
            refuse("maxOperations", count + " " + what + ", at most " + most + " are allowed", "narrow the selection");
        }
    }

    private void population(Count population, List<PlannedOperation> operations) {
        Policy.Limits limits = policy.limits().of(population.kind());
        if (population.size() < limits.minPopulation()) {
            refuse(
                    "minPopulation",
                    where(population) + " lists " + population.size() + ", expected at least " + limits.minPopulation(),
                    "look whether the connection sees all it should");
            return;
        }
        long chosen = operations.stream()
                .filter(operation -> operation.population().equals(population.key()))
                .count();
        if (chosen > limits.always() && chosen * 100 > (long) limits.maxPercent() * population.size()) {
            refuse(
                    "maxPercent",
                    chosen + " of " + population.size() + " in " + where(population) + " are "
                            + chosen * 100 / population.size() + " %, at most " + limits.maxPercent()
                            + " % are allowed",
                    "narrow the selection");
        }
        drop(population, limits);
    }

    private void drop(Count population, Policy.Limits limits) {
        Optional<Entry> last = lastRun(population);
        if (last.isEmpty()) {
            return;
        }
        int before = size(last.get(), population.key()) - removedSince(last.get(), population.key());
        int missing = before - population.size();
        if (missing > 0 && missing * 100L > (long) limits.maxDrop() * before) {
            refuse(
                    "maxDrop",
                    where(population) + " lists " + population.size() + ", at the last run it was " + before
                            + " after taking off what was removed then: a drop of " + missing * 100L / before
                            + " %, at most " + limits.maxDrop() + " % are believed",
                    "look whether the connection sees all it should");
        }
    }

    private Optional<Entry> lastRun(Count population) {
        return journal.read(Query.of(EntryType.RUN_STARTED).latest(0)).stream()
                .filter(run -> size(run, population.key()) > 0)
                .findFirst();
    }

    private static int size(Entry run, String key) {
        for (JsonNode count : run.dataNode("populations")) {
            if (count.path("key").asString("").equals(key)) {
                return count.path("size").asInt();
            }
        }
        return 0;
    }

    private int removedSince(Entry run, String key) {
        int[] removed = {0};
        journal.read(Query.of(EntryType.OPERATION_OUTCOME).after(run.seq()), entry -> {
            boolean counted = entry.data("population").filter(key::equals).isPresent()
                    && entry.outcome().filter(outcome -> outcome.succeeded()).isPresent();
            if (counted) {
                removed[0] += switch (entry.data("sign").orElse("")) {
                    case "-" -> 1;
                    case "+" -> -1;
                    default -> 0;
                };
            }
        });
        return removed[0];
    }

    private static String where(Count population) {
        return "connection '" + population.connection() + "', kind " + population.kind();
    }

    private void refuse(String guard, String what, String remedy) {
        refusals.add(new Refusal(guard, what, remedy + ", or change " + guard + " in policy '" + policy.name() + "'"));
    }
}
