package dev.sweepback.run;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Sighting;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Query;
import dev.sweepback.plan.Idle;
import dev.sweepback.plan.Item;
import dev.sweepback.plan.Quarantine;
import dev.sweepback.plan.Quarantine.Held;
import dev.sweepback.plan.Readers;
import dev.sweepback.plan.Tripwire;
import dev.sweepback.plan.UnknownConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks whether what quarantines hold is used, where its system tells that after the action. Changes and records nothing. What is
 * not settled is left out: nothing may be done to it. Thread-safe.
 */
public final class Tripwires {

    /** So many things are read at once. */
    private static final int BATCH = 100;

    private final JournalReader journal;
    private final Readers readers;
    private final Clock clock;
    private final StopSignal stop;
    private final Quarantine quarantine;

    public Tripwires(JournalReader journal, Readers readers, Clock clock, StopSignal stop) {
        this.journal = journal;
        this.readers = readers;
        this.clock = clock;
        this.stop = stop;
        this.quarantine = new Quarantine(journal);
    }

    /** Looks at all of it, or at what one job holds; asked to stop, it leaves out the rest. */
    public Looked look(Optional<String> job) {
        Look look = new Look();
        Map<String, List<Held>> kinds = new LinkedHashMap<>();
        for (Held held : quarantine.held(clock.instant())) {
            boolean wanted = job.map(held.run().job()::equals).orElse(true);
            if (wanted && isWatched(held)) {
                ResourceRef ref = held.ref();
                kinds.computeIfAbsent(ref.connection() + " " + ref.kind(), key -> new ArrayList<>())
                        .add(held);
            }
        }
        for (List<Held> kind : kinds.values()) {
            for (int from = 0; from < kind.size() && !stop.isRaised(); from += BATCH) {
                look.at(kind.subList(from, Math.min(from + BATCH, kind.size())));
            }
        }
        return look.result();
    }

    private boolean isWatched(Held held) {
        try {
            return readers.tellsUse(held.ref());
        } catch (UnknownConnection e) {
            // Said as not known: whoever took the connection out of the settings should hear of it.
            return true;
        }
    }

    /** One look in the making. */
    private final class Look {
        private final Instant now = clock.instant();
        private final List<Trip> trips = new ArrayList<>();
        private final List<Item> notKnown = new ArrayList<>();
        private int watched;

        void at(List<Held> some) {
            watched += some.size();
            try {
                ResourceRef first = some.get(0).ref();
                Reader reader = readers.of(first.connection(), first.kind());
                judge(some, reader, reader.watch(some.stream().map(Held::ref).toList()));
            } catch (ConnectorException e) {
                some.forEach(held -> notKnown(held, e));
            } catch (UnknownConnection e) {
                some.forEach(held -> notKnown(held, String.valueOf(e.getMessage())));
            }
        }

        /** What is gone cannot be used: it is held no longer once its time has come. */
        private void judge(List<Held> some, Reader reader, List<Sighting> sightings) {
            List<Held> there = new ArrayList<>();
            List<Resource> resources = new ArrayList<>();
            for (int index = 0; index < some.size(); index++) {
                if (sightings.get(index) instanceof Sighting.Present present) {
                    there.add(some.get(index));
                    resources.add(present.resource());
                } else if (sightings.get(index) instanceof Sighting.Unknown unknown) {
                    notKnown(some.get(index), unknown.error());
                }
            }
            try {
                List<Resource> asked = Idle.asked(reader, resources);
                for (int index = 0; index < there.size(); index++) {
                    judge(there.get(index), asked.get(index));
                }
            } catch (ConnectorException e) {
                there.forEach(held -> notKnown(held, e));
            }
        }

        private void judge(Held held, Resource resource) {
            Instant acted = held.operation().acted();
            Optional<Instant> used = Tripwire.usedSince(resource.use(), acted);
            if (used.isPresent() && isSettled(held)) {
                trips.add(new Trip(
                        held.run().id(),
                        held.operation().id(),
                        held.ref(),
                        held.operation().name(),
                        held.by(),
                        acted,
                        used.get()));
            } else if (!Tripwire.isKnown(resource.use(), acted)) {
                notKnown(held, "its system does not tell it at the moment");
            }
        }

        private boolean isSettled(Held held) {
            return OperationRecord.fold(journal.read(Query.all().resource(held.ref()))).stream()
                    .noneMatch(OperationRecord::open);
        }

        private void notKnown(Held held, ConnectorException error) {
            notKnown(held, error.getMessage() + "; " + error.remedy());
        }

        private void notKnown(Held held, String why) {
            notKnown.add(new Item(held.step(), held.ref(), held.operation().name(), Tripwire.NOT_KNOWN + ": " + why));
        }

        Looked result() {
            return new Looked(now, watched, trips, notKnown);
        }
    }
}
