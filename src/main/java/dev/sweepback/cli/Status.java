package dev.sweepback.cli;

import dev.sweepback.job.Job;
import dev.sweepback.journal.ActingLock;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Readers;
import dev.sweepback.run.Recovery;
import dev.sweepback.run.ResumeAt;
import dev.sweepback.upgrade.Upgrades;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How things stand, from the journal and the acting lock. */
final class Status {

    private static final String EVERYTHING = "*";

    private Status() {}

    /** @param jobs of the files, by name */
    static ObjectNode of(Wiring wiring, Map<String, Job> jobs) {
        Instant now = wiring.outside().clock().instant();
        try (Readers readers = wiring.readers()) {
            HeldStatus held = new HeldStatus(
                    wiring.journal(),
                    readers,
                    LastLook.read(wiring.storeFolder()),
                    new DueNotice(wiring.journal(), jobs));
            ObjectNode node = of(wiring.home(), ActingLock.holder(wiring.storeFolder()), wiring.journal(), now);
            held.addTo(node, now);
            return node;
        }
    }

    /** Where nothing was recorded yet. */
    static ObjectNode ofNothing(Path home) {
        ObjectNode node = of(home, Optional.empty(), new EmptyJournal(), Instant.EPOCH);
        node.putArray("held");
        node.putArray("due");
        node.putArray("tripped");
        node.putArray(AwaitingStatus.KEY);
        BackOutStatus.ofNothing(node);
        node.putArray("checks");
        return node;
    }

    private static ObjectNode of(Path home, Optional<String> actingBy, JournalReader journal, Instant now) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("home", home.toAbsolutePath().normalize().toString());
        actingBy.ifPresentOrElse(holder -> node.put("actingBy", holder), () -> node.putNull("actingBy"));
        runs(node.putArray("runs"), Run.interrupted(journal), now);
        ArrayNode unsettled = node.putArray("unsettled");
        Run.withOpen(journal)
                .forEach(run -> run.open().forEach(operation -> unsettled.add(unsettled(run, operation, now))));
        overdue(node.putArray("overdue"), journal, now);
        Map<String, Entry> enabled = new LinkedHashMap<>();
        paused(node.putArray("paused"), journal, enabled);
        ArrayNode enabledJobs = node.putArray("enabled");
        enabled.values()
                .forEach(entry -> enabledJobs
                        .addObject()
                        .put("job", entry.job().orElse(""))
                        .put("upgrade", entry.upgrade().map(Object::toString).orElse(""))
                        .put("since", entry.time().toString())
                        .put("actor", entry.actor().name()));
        return node;
    }

    /** What still runs although window and buffer are over: somebody forgot to say how it ended, or is in trouble. */
    private static void overdue(ArrayNode array, JournalReader journal, Instant now) {
        Upgrades.all(journal).stream()
                .filter(upgrade -> upgrade.isOverdue(now))
                .forEach(upgrade -> array.addObject()
                        .put("upgradeId", upgrade.id().value())
                        .put("since", upgrade.window().over().toString()));
    }

    private static void runs(ArrayNode array, List<Run> runs, Instant now) {
        for (Run run : runs) {
            ObjectNode node = array.addObject()
                    .put("runId", run.id().value())
                    .put("purpose", run.purpose())
                    .put("job", run.job())
                    .put("state", run.state().word())
                    .put("goOn", "sweepback " + GoingOn.command(run));
            run.upgrade().ifPresent(id -> node.put("upgrade", id.value()));
            run.reason().ifPresent(reason -> node.put("reason", reason));
            ResumeAt.of(run)
                    .ifPresent(until -> node.put("resumeAt", until.instant().toString()));
            run.open().stream()
                    .map(operation -> Recovery.lookAt(operation, now))
                    .max(Comparator.naturalOrder())
                    .ifPresent(last -> node.put("open", run.open().size()).put("lookAt", text(last)));
        }
    }

    private static String text(Instant lookAt) {
        return Times.wholeSecond(lookAt).toString();
    }

    private static ObjectNode unsettled(Run run, OperationRecord operation, Instant now) {
        ObjectNode node = JsonMapper.shared()
                .createObjectNode()
                .put("operationId", operation.id().value())
                .put("runId", run.id().value())
                .put("resource", operation.ref().toString())
                .put("name", operation.name())
                .put("lookAt", text(Recovery.lookAt(operation, now)));
        operation.lookFailed().flatMap(Entry::reason).ifPresent(reason -> node.put("reason", reason));
        return node;
    }

    /** A pause of everything is ended for one job by enabling that job, and stays for the others. */
    private static void paused(ArrayNode array, JournalReader journal, Map<String, Entry> enabled) {
        Map<String, Entry> paused = new HashMap<>();
        for (Entry entry : journal.read(Query.of(EntryType.JOB_ENABLED, EntryType.JOB_PAUSED))) {
            String job = entry.job().orElse(EVERYTHING);
            if (entry.type() == EntryType.JOB_PAUSED) {
                paused.put(job, entry);
            } else {
                paused.remove(job);
                enabled.put(job + " " + entry.upgrade().map(Object::toString).orElse(""), entry);
            }
        }
        paused.forEach((job, entry) -> {
            ObjectNode node = array.addObject()
                    .put("job", job)
                    .put("since", entry.time().toString())
                    .put("actor", entry.actor().name());
            entry.reason().ifPresent(reason -> node.put("reason", reason));
            if (job.equals(EVERYTHING)) {
                except(node.putArray("except"), entry, enabled.values(), paused);
            }
        });
    }

    private static void except(
            ArrayNode array, Entry everything, Collection<Entry> enabled, Map<String, Entry> paused) {
        Map<String, Entry> lastEnabled = new TreeMap<>();
        enabled.stream()
                .filter(entry -> entry.seq() > everything.seq())
                .forEach(entry -> lastEnabled.merge(
                        entry.job().orElse(""), entry, (one, other) -> one.seq() > other.seq() ? one : other));
        lastEnabled.keySet().removeAll(paused.keySet());
        lastEnabled.forEach((job, entry) ->
                array.addObject().put("job", job).put("enabledAt", entry.time().toString()));
    }
}
