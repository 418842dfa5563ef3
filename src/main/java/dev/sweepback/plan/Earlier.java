package dev.sweepback.plan;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.job.Job;
import dev.sweepback.job.Step;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Query;
import dev.sweepback.upgrade.Upgrade;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What earlier runs of a job did for the same upgrade, and what therefore is not done a second time. */
final class Earlier {

    private final JournalReader journal;
    private final Readers readers;
    private final Job job;
    private final Upgrade upgrade;
    private final Map<ResourceRef, Quarantine.Held> held;
    private final Map<String, String> done;

    Earlier(JournalReader journal, Readers readers, Job job, Upgrade upgrade, Instant now) {
        this.journal = journal;
        this.readers = readers;
        this.job = job;
        this.upgrade = upgrade;
        this.held = Quarantine.held(journal, now).stream().collect(Collectors.toMap(Quarantine.Held::ref, one -> one));
        this.done = doneSinceEnabled();
    }

    /** Why the step has nothing to do with some of them any more. */
    Map<ResourceRef, String> objections(Step step, List<Resource> resources) {
        Map<ResourceRef, Quarantine.Held> ours = new LinkedHashMap<>();
        resources.forEach(resource -> ours(step, resource).ifPresent(holding -> ours.put(resource.ref(), holding)));
        Captures captures = Captures.of(readers, ours.keySet());
        Map<ResourceRef, String> objections = new HashMap<>();
        for (Resource resource : resources) {
            Optional.ofNullable(ours.get(resource.ref()))
                    .flatMap(holding -> heldAlready(holding, captures.get(resource.ref())))
                    .or(() -> doneAlready(step, resource))
                    .ifPresent(why -> objections.put(resource.ref(), why));
        }
        return objections;
    }

    /** What this job's quarantine for this upgrade holds. */
    private Optional<Quarantine.Held> ours(Step step, Resource resource) {
        return Optional.ofNullable(held.get(resource.ref()))
                .filter(holding -> holding.by().equals(step.action())
                        && holding.run().job().equals(job.name())
                        && holding.run().upgrade().equals(Optional.of(upgrade.id())));
    }

    /** What is held, and nobody has touched since, is not disabled a second time. */
    private Optional<String> heldAlready(Quarantine.Held holding, Capture capture) {
        String since = "held since run " + holding.run().id()
                + holding.then()
                        .map(action -> ", to " + action + " from " + holding.dueAt() + " on")
                        .orElse(" until " + holding.dueAt());
        try {
            boolean left = capture instanceof Capture.Present present && holding.left(present.state(), journal);
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
}
