package dev.sweepback.store;

import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.JournalException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Drafts that wait for their commit, with what they bring along already encrypted, and afterwards their entries. */
final class Append {

    /** @param references what {@code data} will name, by key */
    record Item(Draft draft, Map<String, String> references) {}

    private final List<Item> items = new ArrayList<>();
    private final Map<String, Sealed> snapshots = new LinkedHashMap<>();
    private final Map<String, byte[]> documents = new LinkedHashMap<>();
    private List<Entry> entries = List.of();
    private @Nullable RuntimeException failure;
    private volatile boolean settled;

    Append(List<Draft> drafts, SnapshotCipher cipher) {
        for (Draft draft : drafts) {
            Map<String, String> references = new LinkedHashMap<>();
            draft.snapshots().forEach((key, state) -> {
                Sealed sealed = cipher.seal(state.bytes());
                String reference = Reference.snapshot(sealed.ciphertext());
                snapshots.put(reference, sealed);
                references.put(key, reference);
            });
            draft.documents().forEach((key, content) -> {
                String reference = Reference.document(content);
                documents.put(reference, content);
                references.put(key, reference);
            });
            items.add(new Item(draft, references));
        }
    }

    List<Item> items() {
        return items;
    }

    Map<String, Sealed> snapshots() {
        return snapshots;
    }

    Map<String, byte[]> documents() {
        return documents;
    }

    void recorded(List<Entry> recorded) {
        entries = List.copyOf(recorded);
        settled = true;
    }

    void failed(RuntimeException cause) {
        failure = cause;
        settled = true;
    }

    /** An error that ended the writing thread must not leave the others waiting, or believing. */
    void failedIfForgotten() {
        if (!settled) {
            failed(new JournalException("the entry was not recorded: the thread that wrote it died"));
        }
    }

    boolean isSettled() {
        return settled;
    }

    List<Entry> result() {
        if (failure != null) {
            throw failure;
        }
        return entries;
    }
}
