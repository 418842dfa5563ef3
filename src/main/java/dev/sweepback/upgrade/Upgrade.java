package dev.sweepback.upgrade;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.UpgradeId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One change of one package in one environment, as the journal tells it.
 *
 * @param scheduledSeq the number of its first entry: upgrades are ordered by it
 * @param tracked what pipelines said that they created for it
 * @param reboot the strongest that was ever asked for, when it was scheduled or by a verified package
 * @param rebootedAt when a reboot was last confirmed
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
        Reboot reboot,
        Optional<Instant> rebootedAt,
        Optional<VerifiedPackage> verified) {

    public Upgrade {
        tracked = Set.copyOf(tracked);
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
                entry.data("reboot").map(Reboot::of).orElse(Reboot.NONE),
                Optional.empty(),
                Optional.empty());
    }

    Upgrade then(Entry entry) {
        return switch (entry.type()) {
            case UPGRADE_STARTED -> moved(UpgradeState.RUNNING, Optional.of(at(entry)), completedAt);
            case UPGRADE_COMPLETED -> moved(UpgradeState.SUCCEEDED, startedAt, Optional.of(at(entry)));
            case UPGRADE_FAILED -> moved(UpgradeState.FAILED, startedAt, completedAt);
            case UPGRADE_ROLLING_BACK -> moved(UpgradeState.ROLLING_BACK, startedAt, completedAt);
            case UPGRADE_ROLLED_BACK -> moved(UpgradeState.ROLLED_BACK, startedAt, completedAt);
            case UPGRADE_TRACKED -> tracking(entry);
            case UPGRADE_VERIFIED -> verifiedBy(VerifiedPackage.of(entry));
            case UPGRADE_REBOOTED -> rebooted(at(entry));
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
                reboot,
                rebootedAt,
                verified);
    }

    private Upgrade tracking(Entry entry) {
        Set<ResourceRef> more = new HashSet<>(tracked);
        entry.dataNode("resources").forEach(node -> more.add(ResourceRef.parse(node.asString())));
        return with(more, reboot, rebootedAt, verified);
    }

    /** Nothing that was asked for, confirmed or tracked before is lost by another verification. */
    private Upgrade verifiedBy(VerifiedPackage checked) {
        return with(tracked, reboot.orStronger(checked.reboot()), rebootedAt, Optional.of(checked));
    }

    private Upgrade rebooted(Instant at) {
        return with(tracked, reboot, Optional.of(at), verified);
    }

    private Upgrade with(
            Set<ResourceRef> resources, Reboot asked, Optional<Instant> confirmed, Optional<VerifiedPackage> checked) {
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
                resources,
                asked,
                confirmed,
                checked);
    }
}
