package dev.sweepback.cli;

import dev.sweepback.adapter.rest.Belief;
import dev.sweepback.adapter.rest.Verdict;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.job.Settings;
import dev.sweepback.job.Source;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Query;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * Probes in the journal: each is announced before its disposable resource is made, and its verdict holds for the very address
 * and description that it was found with.
 */
final class ProbeRecords implements Belief {

    /** For connectors that are only read, or only read from. */
    static final Belief NOTHING_PROVEN = (connection, action) -> Optional.of("not proven");

    private static final String SCOPE = "scope";
    private static final String PROVEN = "proven";
    private static final String LEFT = "left";

    private final JournalReader journal;
    private final Settings settings;

    ProbeRecords(JournalReader journal, Settings settings) {
        this.journal = journal;
        this.settings = settings;
    }

    /** @param disposable by its name: its id is known only once it is made */
    static Draft begun(Connection connection, ResourceRef disposable, String action, Note note) {
        return draft(EntryType.CONNECTOR_PROBING, connection, disposable, action, note);
    }

    static Draft ended(Connection connection, ResourceRef disposable, Verdict verdict, Note note) {
        Draft draft = draft(EntryType.CONNECTOR_PROBED, connection, disposable, verdict.action(), note)
                .data("found", verdict.reason())
                .data("differs", JsonMapper.shared().valueToTree(verdict.differs()));
        // one that was stopped tells nothing: what was found before still holds
        draft = verdict.stopped() ? draft : draft.data(PROVEN, verdict.proven() ? "yes" : "no");
        return verdict.left().isEmpty() ? draft : draft.data(LEFT, verdict.left());
    }

    private static Draft draft(
            EntryType type, Connection connection, ResourceRef disposable, String action, Note note) {
        Draft draft = Draft.of(type, note.actor())
                .resource(disposable, disposable.id())
                .action(action)
                .data("type", connection.type())
                .data(SCOPE, scope(connection));
        draft = note.reason().isPresent() ? draft.reason(note.reason().get()) : draft;
        return note.ticket().isPresent() ? draft.ticket(note.ticket().get()) : draft;
    }

    /** Address, keys and description, as a digest. */
    private static String scope(Connection connection) {
        return Source.of(Path.of(""), connection.scope()).sha256();
    }

    @Override
    public Optional<String> doubt(String connection, String action) {
        return unproven(connection, action).map(why -> why + ": run `sweepback doctor --probe " + connection + "`");
    }

    /** Why it is not believed; empty if it is. */
    Optional<String> unproven(String connection, String action) {
        String scope = settings.connection(connection).map(ProbeRecords::scope).orElse("");
        Optional<Entry> newest = probed(connection, action);
        if (newest.isEmpty()) {
            return Optional.of("not proven on this system yet");
        }
        if (!newest.get().data(SCOPE).equals(Optional.of(scope))) {
            return Optional.of("proven for another address or version of its description");
        }
        return newest.get().data(PROVEN).equals(Optional.of("yes"))
                ? Optional.empty()
                : Optional.of("the probe of " + newest.get().time() + " found: "
                        + newest.get().data("found").orElse("") + "; correct the description, then prove it again");
    }

    private Optional<Entry> probed(String connection, String action) {
        List<Entry> found = new ArrayList<>();
        journal.read(Query.of(EntryType.CONNECTOR_PROBED).connection(connection).latest(0), entry -> {
            if (found.isEmpty()
                    && entry.action().equals(Optional.of(action))
                    && entry.data(PROVEN).isPresent()) {
                found.add(entry);
            }
        });
        return found.stream().findFirst();
    }

    /** The disposable resources of probes that did not come to their end, or could not take them away. */
    List<ResourceRef> mayBeLeft() {
        Set<ResourceRef> over = new HashSet<>();
        List<ResourceRef> left = new ArrayList<>();
        journal.read(Query.of(EntryType.CONNECTOR_PROBED), entry -> {
            if (entry.data(LEFT).isEmpty()) {
                entry.resource().ifPresent(over::add);
            }
        });
        journal.read(
                Query.of(EntryType.CONNECTOR_PROBING),
                entry -> entry.resource().filter(ref -> !over.contains(ref)).ifPresent(left::add));
        return left;
    }
}
