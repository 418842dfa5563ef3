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
 * @param scheduled what was agreed on
 * @param course what happened when
 * @param tracked what pipelines said that they created for it
 * @param assurance what is known of its package, and of the reboot that it asks for
 */
public record Upgrade(
        Scheduled scheduled, UpgradeState state, Course course, Set<ResourceRef> tracked, Assurance assurance) {

    /**
     * What was agreed on.
     *
     * @param seq the number of the first entry: upgrades are ordered by it
     */
    public record Scheduled(
            UpgradeId id, String packageName, String from, String to, String environment, Window window, long seq) {}

    /**
     * What happened when.
     *
     * @param stated which of these times were stated afterwards, and not recorded as it happened
     */
    public record Course(Optional<Instant> startedAt, Optional<Instant> completedAt, List<Stated> stated) {

        public Course {
            stated = List.copyOf(stated);
        }

        private Course started(Entry entry) {
            return new Course(Optional.of(at(entry)), completedAt, with(Stated.of(Stated.Time.STARTED, entry)));
        }

        private Course completed(Entry entry) {
            return new Course(startedAt, Optional.of(at(entry)), with(Stated.of(Stated.Time.COMPLETED, entry)));
        }

        private List<Stated> with(Optional<Stated> more) {
            return Stream.concat(stated.stream(), more.stream()).toList();
        }
    }

    /**
     * What is known of its package.
     *
     * @param reboot the strongest that was ever asked for, when it was scheduled or by a verified package
     * @param rebootedAt when a reboot was last confirmed
     */
    public record Assurance(Reboot reboot, Optional<Instant> rebootedAt, Optional<VerifiedPackage> verified) {

        /** Nothing that was asked for or confirmed before is lost by another verification. */
        private Assurance verifiedBy(VerifiedPackage checked) {
            return new Assurance(reboot.orStronger(checked.reboot()), rebootedAt, Optional.of(checked));
        }

        private Assurance rebooted(Instant at) {
            return new Assurance(reboot, Optional.of(at), verified);
        }
    }

    public Upgrade {
        tracked = Set.copyOf(tracked);
    }

    static Upgrade scheduled(Entry entry) {
        return new Upgrade(
                new Scheduled(
                        entry.upgrade().orElseThrow(),
                        entry.data("package").orElseThrow(),
                        entry.data("from").orElseThrow(),
                        entry.data("to").orElseThrow(),
                        entry.data("environment").orElseThrow(),
                        new Window(
                                Instant.parse(entry.data("windowStart").orElseThrow()),
                                Instant.parse(entry.data("windowEnd").orElseThrow()),
                                Duration.parse(entry.data("buffer").orElseThrow())),
                        entry.seq()),
                UpgradeState.SCHEDULED,
                new Course(Optional.empty(), Optional.empty(), List.of()),
                Set.of(),
                new Assurance(
                        entry.data("reboot").map(Reboot::of).orElse(Reboot.NONE), Optional.empty(), Optional.empty()));
    }

    Upgrade then(Entry entry) {
        return switch (entry.type()) {
            case UPGRADE_STARTED -> moved(UpgradeState.RUNNING, course.started(entry));
            case UPGRADE_COMPLETED -> moved(UpgradeState.SUCCEEDED, course.completed(entry));
            case UPGRADE_FAILED -> moved(UpgradeState.FAILED, course);
            case UPGRADE_ROLLING_BACK -> moved(UpgradeState.ROLLING_BACK, course);
            case UPGRADE_ROLLED_BACK -> moved(UpgradeState.ROLLED_BACK, course);
            case UPGRADE_TRACKED -> tracking(entry);
            case UPGRADE_VERIFIED -> with(assurance.verifiedBy(VerifiedPackage.of(entry)));
            case UPGRADE_REBOOTED -> with(assurance.rebooted(at(entry)));
            default -> this;
        };
    }

    /** When it happened, as stated or else as recorded. */
    static Instant at(Entry entry) {
        return entry.data("at").map(Instant::parse).orElse(entry.time());
    }

    private Upgrade moved(UpgradeState next, Course then) {
        return new Upgrade(scheduled, next, then, tracked, assurance);
    }

    private Upgrade tracking(Entry entry) {
        Set<ResourceRef> more = new HashSet<>(tracked);
        entry.dataNode("resources").forEach(node -> more.add(ResourceRef.parse(node.asString())));
        return new Upgrade(scheduled, state, course, more, assurance);
    }

    private Upgrade with(Assurance known) {
        return new Upgrade(scheduled, state, course, tracked, known);
    }

    public UpgradeId id() {
        return scheduled.id();
    }

    public String packageName() {
        return scheduled.packageName();
    }

    public String from() {
        return scheduled.from();
    }

    public String to() {
        return scheduled.to();
    }

    public String environment() {
        return scheduled.environment();
    }

    public Window window() {
        return scheduled.window();
    }

    public Optional<Instant> startedAt() {
        return course.startedAt();
    }

    public Optional<Instant> completedAt() {
        return course.completedAt();
    }

    public List<Stated> stated() {
        return course.stated();
    }

    public boolean isStated(Stated.Time time) {
        return stated().stream().anyMatch(known -> known.time() == time);
    }

    public Reboot reboot() {
        return assurance.reboot();
    }

    public Optional<Instant> rebootedAt() {
        return assurance.rebootedAt();
    }

    public Optional<VerifiedPackage> verified() {
        return assurance.verified();
    }

    /** Whether it still runs although window and buffer are over. */
    public boolean isOverdue(Instant now) {
        return state == UpgradeState.RUNNING && !now.isBefore(window().over());
    }
}
