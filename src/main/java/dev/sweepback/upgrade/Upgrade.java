package dev.sweepback.upgrade;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.UpgradeId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One change of one package in one environment, as the journal tells it.
 *
 * @param scheduledSeq the number of its first entry: upgrades are ordered by it
 * @param tracked what pipelines said that they created for it
 * @param stated which of its times were stated afterwards, and not recorded as it happened
 */
public record Upgrade(
        UpgradeId id,
        String packageName,
        String from,
        String to,
        String environment,
        UpgradeState state,
        Window window,
        Optional<Instant> startedAt,
        Optional<Instant> completedAt,
        long scheduledSeq,
        Set<ResourceRef> tracked,
        List<Stated> stated) {

    public Upgrade {
        tracked = Set.copyOf(tracked);
        stated = List.copyOf(stated);
    }

    static Upgrade scheduled(Entry entry) {
        return new Upgrade(
                entry.upgrade().orElseThrow(),
                entry.data("package").orElseThrow(),
                entry.data("from").orElseThrow(),
                entry.data("to").orElseThrow(),
                entry.data("environment").orElseThrow(),
                UpgradeState.SCHEDULED,
                new Window(
                        Instant.parse(entry.data("windowStart").orElseThrow()),
                        Instant.parse(entry.data("windowEnd").orElseThrow()),
                        Duration.parse(entry.data("buffer").orElseThrow())),
                Optional.empty(),
                Optional.empty(),
                entry.seq(),
                Set.of(),
                List.of());
    }

    Upgrade then(Entry entry) {
        return switch (entry.type()) {
            case UPGRADE_STARTED ->
                moved(UpgradeState.RUNNING, Optional.of(at(entry)), completedAt)
                        .with(Stated.of(Stated.Time.STARTED, entry));
            case UPGRADE_COMPLETED ->
                moved(UpgradeState.SUCCEEDED, startedAt, Optional.of(at(entry)))
                        .with(Stated.of(Stated.Time.COMPLETED, entry));
            case UPGRADE_FAILED -> moved(UpgradeState.FAILED, startedAt, completedAt);
            case UPGRADE_ROLLING_BACK -> moved(UpgradeState.ROLLING_BACK, startedAt, completedAt);
            case UPGRADE_ROLLED_BACK -> moved(UpgradeState.ROLLED_BACK, startedAt, completedAt);
            case UPGRADE_TRACKED -> tracking(entry);
            default -> this;
        };
    }

    /** When it happened, as stated or else as recorded. */
    static Instant at(Entry entry) {
        return entry.data("at").map(Instant::parse).orElse(entry.time());
    }

    private Upgrade moved(UpgradeState next, Optional<Instant> started, Optional<Instant> completed) {
        return new Upgrade(
                id,
                packageName,
                from,
                to,
                environment,
                next,
                window,
                started,
                completed,
                scheduledSeq,
                tracked,
                stated);
    }

    private Upgrade with(Optional<Stated> more) {
        return new Upgrade(
                id,
                packageName,
                from,
                to,
                environment,
                state,
                window,
                startedAt,
                completedAt,
                scheduledSeq,
                tracked,
                Stream.concat(stated.stream(), more.stream()).toList());
    }

    public boolean isStated(Stated.Time time) {
        return stated.stream().anyMatch(known -> known.time() == time);
    }

    /** Whether it still runs although window and buffer are over. */
    public boolean isOverdue(Instant now) {
        return state == UpgradeState.RUNNING && !now.isBefore(window.over());
    }

    private Upgrade tracking(Entry entry) {
        Set<ResourceRef> more = new HashSet<>(tracked);
        entry.dataNode("resources").forEach(node -> more.add(ResourceRef.parse(node.asString())));
        return new Upgrade(
                id,
                packageName,
                from,
                to,
                environment,
                state,
                window,
                startedAt,
                completedAt,
                scheduledSeq,
                more,
                stated);
    }
}
