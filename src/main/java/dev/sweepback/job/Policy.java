package dev.sweepback.job;

import dev.sweepback.connector.Rate;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversibility;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The limits that a plan must keep.
 *
 * @param weakest the weakest reversibility allowed
 * @param minIdle how long a resource must not have been used, where its system tells
 * @param stopAfterFailures the number of failed operations that stops a run; from 1
 * @param permits what must hold beside the limits
 * @param rate how many operations of a run may begin in a second; unlimited without it
 */
public record Policy(
        String name,
        Limits limits,
        List<Protection> protect,
        Reversibility weakest,
        Duration minIdle,
        Waves waves,
        int stopAfterFailures,
        Optional<Rate> rate,
        Permits permits,
        Source source) {

    /** The name of the built-in one; a file of that name takes its place. */
    public static final String CAREFUL = "careful";

    public Policy {
        protect = List.copyOf(protect);
        if (stopAfterFailures < 1) {
            throw new IllegalArgumentException("stopAfterFailures is at least 1");
        }
    }

    /** What holds for a job that names no policy, or this one while no file does. */
    public static Policy careful() {
        return new Policy(
                CAREFUL,
                Limits.CAREFUL,
                List.of(),
                Reversibility.LOSSY,
                Duration.ofDays(7),
                new Waves(20, Duration.ZERO),
                1,
                Optional.empty(),
                Permits.CAREFUL,
                Source.of(Path.of("built-in"), "careful/2"));
    }

    public boolean protects(Resource resource) {
        return protect.stream().anyMatch(protection -> protection.covers(resource));
    }

    /**
     * Caps that refuse a whole plan.
     *
     * @param maxOperations of a plan, or of one kind in it
     * @param maxPercent of a population, 1 to 100
     * @param minPopulation a population below this is not believed
     * @param maxDrop by how many percent a population may be smaller than at the last run, 0 to 100; binds however few are missing
     * @param always up to this number of operations {@code maxPercent} does not bind; no other cap knows it
     * @param byKind the limits of single kinds, complete: what a file leaves out there is as for all kinds
     */
    public record Limits(
            int maxOperations, int maxPercent, int minPopulation, int maxDrop, int always, Map<String, Limits> byKind) {

        static final Limits CAREFUL = new Limits(50, 10, 1, 50, 5, Map.of());

        public Limits {
            byKind = Map.copyOf(byKind);
        }

        /** The limits for one kind. */
        public Limits of(String kind) {
            return byKind.getOrDefault(kind, this);
        }
    }

    /** How many operations go between two looks at the gate, and the pause before the next. */
    public record Waves(int size, Duration pause) {
        public Waves {
            if (size < 1 || pause.isNegative()) {
                throw new IllegalArgumentException("a wave has at least one operation and no negative pause");
            }
        }
    }
}
