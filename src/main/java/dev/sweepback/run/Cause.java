package dev.sweepback.run;

import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.UpgradeId;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.LongNode;

/** Why an undo begins. */
public sealed interface Cause {

    /** Adds it to the entry that begins the undo. */
    Draft addTo(Draft started);

    /** Somebody has asked for it. */
    record Asked() implements Cause {
        @Override
        public Draft addTo(Draft started) {
            return started;
        }
    }

    /** Things that a quarantine holds were used. */
    record Trips(List<Trip> trips) implements Cause {
        public Trips {
            trips = List.copyOf(trips);
        }

        @Override
        public Draft addTo(Draft started) {
            return started.data(Trip.KEY, Trip.write(trips));
        }
    }

    /**
     * A check has failed.
     *
     * @param seq of the entry that says so, and what is to be taken back
     */
    record FailedCheck(long seq) implements Cause {

        private static final String KEY = "backsOut";

        @Override
        public Draft addTo(Draft started) {
            return started.data(KEY, LongNode.valueOf(seq));
        }

        static Optional<Long> of(Entry started) {
            return started.dataNode(KEY).isNumber()
                    ? Optional.of(started.dataNode(KEY).asLong())
                    : Optional.empty();
        }
    }

    /** The upgrade is rolled back. */
    record RollBack(UpgradeId upgrade) implements Cause {

        private static final String KEY = "rollsBack";

        @Override
        public Draft addTo(Draft started) {
            return started.data(KEY, upgrade.value());
        }

        static boolean isIn(Entry started) {
            return started.data(KEY).isPresent();
        }
    }

    /** Whether the undo that this entry begins was asked for by nobody. */
    static boolean isUnasked(Entry started) {
        return !Trip.read(started).isEmpty() || FailedCheck.of(started).isPresent() || RollBack.isIn(started);
    }
}
