package dev.sweepback.job;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * After which upgrades what is removed, in which order.
 *
 * @param policy the name of its policy; empty for {@link Policy#careful()}
 * @param checks what it asks the outside world before it acts, each name once
 * @param steps each after all that it needs, otherwise as in the file; never empty
 */
public record Job(
        String name,
        Map<String, String> labels,
        After after,
        Start start,
        Optional<Schedule> schedule,
        Optional<String> policy,
        List<Check> checks,
        List<Step> steps,
        BackOut backOut,
        Source source) {

    public Job {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        checks = List.copyOf(checks);
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("job '" + name + "' has no steps");
        }
    }

    public Optional<Step> step(String stepName) {
        return steps.stream().filter(step -> step.name().equals(stepName)).findFirst();
    }

    /**
     * Which upgrades it follows.
     *
     * @param soak how long the upgrade must have run well before anything is removed; may be zero
     */
    public record After(String packageName, String environment, Duration soak) {}

    /** Whether a release manager enables it for each upgrade, or the end of the soak does. */
    public enum Start {
        MANUAL,
        AUTOMATIC
    }

    /** The only times at which it starts. */
    public record Schedule(String cron, ZoneId zone, Misfire misfire) {}

    /** What becomes of a fire time that was missed. */
    public enum Misfire {
        RUN_ONCE,
        SKIP
    }
}
