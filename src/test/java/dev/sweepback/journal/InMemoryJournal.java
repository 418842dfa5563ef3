package dev.sweepback.journal;

import dev.sweepback.connector.State;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A journal that ends with the test. */
public final class InMemoryJournal implements Journal {

    private final Clock clock;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, State> snapshots = new HashMap<>();
    private final Map<String, byte[]> documents = new HashMap<>();
    private boolean deciding;

    public InMemoryJournal(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized List<Entry> append(List<Draft> drafts) {
        if (deciding) {
            throw new IllegalStateException("a decision must return its drafts, not append them itself");
        }
        return record(drafts);
    }

    @Override
    public synchronized List<Entry> decide(Function<JournalReader, List<Draft>> decision) {
        deciding = true;
        try {
            return record(decision.apply(this));
        } finally {
            deciding = false;
        }
    }

    private List<Entry> record(List<Draft> drafts) {
        List<Entry> sealed = new ArrayList<>();
        for (Draft draft : drafts) {
            Map<String, String> references = new HashMap<>();
            draft.snapshots().forEach((key, state) -> {
                String reference = "snapshot:" + (snapshots.size() + 1);
                snapshots.put(reference, state);
                references.put(key, reference);
            });
            draft.documents().forEach((key, content) -> {
                String reference = "document:" + (documents.size() + 1);
                documents.put(reference, content.clone());
                references.put(key, reference);
            });
            Entry entry = Entry.seal(draft, entries.size() + sealed.size() + 1L, clock.instant(), references);
            refuseSecondRun(entry, sealed);
            sealed.add(entry);
        }
        entries.addAll(sealed);
        return List.copyOf(sealed);
    }

    private void refuseSecondRun(Entry entry, List<Entry> justNow) {
        if (entry.type() == EntryType.RUN_STARTED && entry.plan().isPresent()) {
            PlanId plan = entry.plan().get();
            List<Entry> before = new ArrayList<>(entries);
            before.addAll(justNow);
            if (before.stream()
                    .anyMatch(known -> known.type() == EntryType.RUN_STARTED
                            && known.plan().equals(Optional.of(plan)))) {
                throw new PlanAlreadyRun(plan);
            }
        }
    }

    @Override
    public void read(Query query, Consumer<Entry> consumer) {
        List<Entry> matching = new ArrayList<>();
        synchronized (this) {
            entries.stream().filter(entry -> matches(query, entry)).forEach(matching::add);
        }
        if (query.newestFirst()) {
            Collections.reverse(matching);
        }
        matching.stream()
                .limit(query.limit() > 0 ? query.limit() : Long.MAX_VALUE)
                .forEach(consumer);
    }

    private static boolean matches(Query query, Entry entry) {
        JsonNode body = entry.body();
        return entry.seq() > query.afterSeq()
                && (query.types().isEmpty() || query.types().contains(entry.type()))
                && query.equal().entrySet().stream()
                        .allMatch(wanted ->
                                body.path(wanted.getKey()).asString("").equals(wanted.getValue()))
                && query.from().map(from -> !entry.time().isBefore(from)).orElse(true)
                && query.until().map(until -> entry.time().isBefore(until)).orElse(true)
                && query.nameGlob()
                        .map(glob -> entry.name()
                                .filter(name -> globPattern(glob).matcher(name).matches())
                                .isPresent())
                        .orElse(true);
    }

    private static Pattern globPattern(String glob) {
        return Pattern.compile(Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), Pattern.DOTALL);
    }

    @Override
    public synchronized State snapshot(String reference) {
        State state = snapshots.get(reference);
        if (state == null) {
            throw new JournalException("snapshot " + reference + " is missing");
        }
        return state;
    }

    @Override
    public synchronized byte[] document(String reference) {
        byte[] content = documents.get(reference);
        if (content == null) {
            throw new JournalException("document " + reference + " is missing");
        }
        return content.clone();
    }

    @Override
    public synchronized Verification verify() {
        TreeHead tree = new TreeHead();
        entries.forEach(entry -> tree.add(entry.leafHash()));
        return new Verification(true, entries.size(), tree.root(), 0, Optional.empty());
    }

    @Override
    public void close() {}
}
