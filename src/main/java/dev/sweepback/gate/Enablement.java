package dev.sweepback.gate;

import dev.sweepback.job.Job;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.UpgradeId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A release manager's word that a job may run for an upgrade, and the emergency stop that takes it back. */
public final class Enablement {

    private Enablement() {}

    /** Enables the job file as it is now; a later change of the file needs enabling again. */
    public static Entry enable(Journal journal, Job job, UpgradeId upgrade, Note note) {
        return journal.append(note.on(Draft.of(EntryType.JOB_ENABLED, note.actor())
                .job(job.name())
                .upgrade(upgrade)
                .data("jobDigest", job.source().sha256())
                .document("jobFile", job.source().text().getBytes(StandardCharsets.UTF_8))));
    }

    /** Stops one job, or all of them: nothing starts, and a running run ends with its wave. Undo still works. */
    public static Entry pause(Journal journal, Optional<String> job, Note note) {
        Draft draft = note.on(Draft.of(EntryType.JOB_PAUSED, note.actor()));
        return journal.append(job.map(draft::job).orElse(draft));
    }

    /** The last time that the job was enabled for the upgrade. */
    public static Optional<Entry> last(JournalReader journal, String job, UpgradeId upgrade) {
        return journal.first(
                Query.of(EntryType.JOB_ENABLED).job(job).upgrade(upgrade).latest(1));
    }

    /** The job file as it was when last enabled, for a diff. */
    public static Optional<String> lastText(JournalReader journal, String job) {
        return journal.first(Query.of(EntryType.JOB_ENABLED).job(job).latest(1))
                .flatMap(entry -> entry.data("jobFile"))
                .map(reference -> new String(journal.document(reference), StandardCharsets.UTF_8));
    }
}
