package dev.sweepback.cli;

import dev.sweepback.job.Job;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.plan.Quarantine.Held;
import dev.sweepback.upgrade.UpgradeState;
import dev.sweepback.upgrade.Upgrades;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Notice of what is removed within a day, and of what should have been, with whose it is: the labels of its job, as the file is now. */
final class DueNotice {

    private static final Duration DAY = Duration.ofHours(24);

    private final JournalReader journal;
    private final Map<String, Job> jobs;

    /** @param jobs by name */
    DueNotice(JournalReader journal, Map<String, Job> jobs) {
        this.journal = journal;
        this.jobs = jobs;
    }

    void addTo(ArrayNode due, List<Held> held, Instant now) {
        Map<UpgradeId, Boolean> removes = new HashMap<>();
        for (Held one : held) {
            boolean soon = one.then().isPresent() && !one.dueAt().isAfter(now.plus(DAY));
            boolean follows = soon
                    && one.run()
                            .upgrade()
                            .filter(id -> removes.computeIfAbsent(id, this::isRemovedAfter))
                            .isPresent();
            if (follows) {
                add(due.addObject(), one);
            }
        }
    }

    /** Of one that was rolled back nothing more is removed. */
    private boolean isRemovedAfter(UpgradeId id) {
        return Upgrades.find(journal, id)
                .filter(upgrade -> upgrade.state() == UpgradeState.SUCCEEDED)
                .isPresent();
    }

    private void add(ObjectNode node, Held held) {
        String name = held.run().job();
        node.put("resource", held.ref().toString())
                .put("name", held.operation().name())
                .put("action", held.then().orElseThrow())
                .put("dueAt", held.dueAt().toString())
                .put("job", name)
                .put("runId", held.run().id().value());
        ObjectNode owners = node.putObject("owners");
        Optional.ofNullable(jobs.get(name))
                .ifPresentOrElse(
                        job -> job.labels().forEach(owners::put),
                        () -> node.put(
                                "reason", "job '" + name + "' is in no file without problems: it stays until it is"));
    }

    /** A line for each job, with its owners. */
    static void print(JsonNode due, Console console) {
        console.line("due within a day: " + (due.isEmpty() ? "nothing" : due.size()));
        Map<String, List<JsonNode>> groups = new TreeMap<>();
        due.forEach(one -> groups.computeIfAbsent(
                        owners(one) + "\n" + one.path("job").asString(), unused -> new ArrayList<>())
                .add(one));
        Table table =
                groups.isEmpty() ? new Table("  ") : new Table("  ", "OWNERS", "JOB", "COUNT", "FIRST AT", "REASON");
        groups.values().forEach(group -> {
            JsonNode any = group.get(0);
            String first = group.stream()
                    .map(one -> one.path("dueAt").asString())
                    .map(Instant::parse)
                    .min(Instant::compareTo)
                    .map(Object::toString)
                    .orElse("-");
            table.row(
                    owners(any),
                    any.path("job").asString(),
                    group.size(),
                    first,
                    any.path("reason").asString("-"));
        });
        console.lines(table.lines());
    }

    private static String owners(JsonNode due) {
        List<String> labels = new ArrayList<>();
        due.path("owners")
                .properties()
                .forEach(label ->
                        labels.add(label.getKey() + ": " + label.getValue().asString()));
        return labels.isEmpty() ? "nobody named" : String.join(", ", labels);
    }
}
