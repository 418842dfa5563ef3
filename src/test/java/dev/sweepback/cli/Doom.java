package dev.sweepback.cli;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.connector.State;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lets a process die right before or right after one of its commits or of the requests that change something. */
final class Doom {

    enum Moment {
        BEFORE,
        AFTER
    }

    /** The number of a commit or request, from 0, and on which side of it the process dies. */
    record Point(int event, Moment moment) {
        static final Point NEVER = new Point(-1, Moment.BEFORE);

        String in(List<String> events) {
            return moment.name().toLowerCase(Locale.ROOT) + " " + event + " " + events.get(event);
        }
    }

    /** What dying looks like from inside. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final Point point;
    private final Runnable death;
    private final List<String> events = new ArrayList<>();
    private boolean dead;

    /** @param death does not return */
    Doom(Point point, Runnable death) {
        this.point = point;
        this.death = death;
    }

    /** Dies within this process: nothing more is recorded or sent. */
    static Doom here(Point point) {
        return new Doom(point, () -> {
            throw new Killed();
        });
    }

    /** What was committed and sent so far. */
    synchronized List<String> events() {
        return List.copyOf(events);
    }

    synchronized boolean hasStruck() {
        return dead;
    }

    Http over(Http http) {
        return request -> {
            if (changes(request)) {
                return around("send " + request.method() + " " + request.path(), () -> http.send(request));
            }
            requireLife();
            return http.send(request);
        };
    }

    Journal over(Journal journal) {
        return new DoomedJournal(journal);
    }

    private static boolean changes(Request request) {
        boolean issues = request.path().startsWith("/v1/database/creds/");
        boolean reads = List.of("GET", "LIST", "HEAD").contains(request.method())
                || request.path().contains("lookup")
                || request.path().endsWith("/capabilities-self");
        return issues || !reads;
    }

    private <T> T around(String event, Supplier<T> step) {
        int number = begin(event);
        strike(number, Moment.BEFORE);
        T result = step.get();
        strike(number, Moment.AFTER);
        return result;
    }

    private synchronized int begin(String event) {
        requireLife();
        events.add(event);
        return events.size() - 1;
    }

    private void strike(int number, Moment moment) {
        if (point.equals(new Point(number, moment))) {
            synchronized (this) {
                dead = true;
            }
            death.run();
        }
    }

    private synchronized void requireLife() {
        if (dead) {
            throw new Killed();
        }
    }

    private final class DoomedJournal implements Journal {

        private final Journal journal;

        DoomedJournal(Journal journal) {
            this.journal = journal;
        }

        @Override
        public List<Entry> append(List<Draft> drafts) {
            List<String> types =
                    drafts.stream().map(draft -> draft.type().word()).distinct().toList();
            return around("commit " + String.join(" and ", types), () -> journal.append(drafts));
        }

        @Override
        public List<Entry> decide(Function<JournalReader, List<Draft>> decision) {
            return around("commit decision", () -> journal.decide(decision));
        }

        @Override
        public void read(Query query, Consumer<Entry> consumer) {
            journal.read(query, consumer);
        }

        @Override
        public State snapshot(String reference) {
            return journal.snapshot(reference);
        }

        @Override
        public byte[] document(String reference) {
            return journal.document(reference);
        }

        @Override
        public Verification verify() {
            return journal.verify();
        }

        @Override
        public void close() {
            journal.close();
        }
    }
}
