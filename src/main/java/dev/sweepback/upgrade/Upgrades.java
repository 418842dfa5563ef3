package dev.sweepback.upgrade;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.UpgradeId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Records the moves of upgrades. Each is decided on the newest state, so that two processes cannot both make it. */
public final class Upgrades {

    private static final EntryType[] TYPES = {
        EntryType.UPGRADE_SCHEDULED,
        EntryType.UPGRADE_STARTED,
        EntryType.UPGRADE_COMPLETED,
        EntryType.UPGRADE_FAILED,
        EntryType.UPGRADE_ROLLED_BACK,
        EntryType.UPGRADE_TRACKED
    };

    private final Journal journal;
    private final Clock clock;

    public Upgrades(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** All upgrades, oldest first. */
    public static List<Upgrade> all(JournalReader journal) {
        Map<UpgradeId, Upgrade> upgrades = new LinkedHashMap<>();
        journal.read(
                Query.of(TYPES),
                entry -> upgrades.compute(
                        entry.upgrade().orElseThrow(),
                        (id, known) -> known == null ? Upgrade.scheduled(entry) : known.then(entry)));
        return List.copyOf(upgrades.values());
    }

    public static Optional<Upgrade> find(JournalReader journal, UpgradeId id) {
        List<Entry> entries = journal.read(Query.of(TYPES).upgrade(id));
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Upgrade upgrade = Upgrade.scheduled(entries.get(0));
        for (Entry entry : entries.subList(1, entries.size())) {
            upgrade = upgrade.then(entry);
        }
        return Optional.of(upgrade);
    }

    /** @throws UpgradeRefused if there is no such upgrade */
    public Upgrade get(UpgradeId id) {
        return existing(journal, id);
    }

    /**
     * @throws UpgradeRefused if the id is taken, a text is blank or has a blank at its edge, or the window or its buffer is out
     *     of all proportion
     */
    public Upgrade schedule(
            UpgradeId id, String packageName, String from, String to, String environment, Window window, Note note) {
        List.of(packageName, from, to, environment).forEach(Upgrades::refuseBlank);
        window.refuseUnlikely();
        journal.decide(reader -> {
            if (find(reader, id).isPresent()) {
                throw new UpgradeRefused(
                        "there is already an upgrade '" + id + "'",
                        "choose another id with --id, or look at it: sweepback upgrade show " + id);
            }
            return List.of(note.on(Draft.of(EntryType.UPGRADE_SCHEDULED, note.actor())
                    .upgrade(id)
                    .data("package", packageName)
                    .data("from", from)
                    .data("to", to)
                    .data("environment", environment)
                    .data("windowStart", window.start().toString())
                    .data("windowEnd", window.end().toString())
                    .data("buffer", window.buffer().toString())));
        });
        return get(id);
    }

    /** @throws UpgradeRefused if it is blank, or has a blank at its edge */
    public static void refuseBlank(String text) {
        if (text.isBlank() || !text.equals(text.strip())) {
            throw new UpgradeRefused(
                    "'" + text + "' is empty or has a blank at its edge: no job would ever follow it",
                    "write package, versions and environment as the job file does");
        }
    }

    /**
     * @param at when it happened, if before now; recorded as stated
     * @throws UpgradeRefused if the move is not legal, or {@code at} lies in the future or before the move it follows
     */
    public Upgrade move(UpgradeId id, Move move, Optional<Instant> at, Note note) {
        journal.decide(reader -> List.of(decided(reader, id, move, at, note)));
        return get(id);
    }

    /** The entry of a move, decided on what {@code reader} shows. */
    Draft decided(JournalReader reader, UpgradeId id, Move move, Optional<Instant> at, Note note) {
        Upgrade upgrade = existing(reader, id);
        if (upgrade.state() == move.leadsTo()) {
            throw already(reader, upgrade, move);
        }
        if (!move.legalFrom(upgrade.state())) {
            throw new UpgradeRefused(
                    "upgrade '" + id + "' is " + upgrade.state().word() + ": it cannot '" + move.word() + "'",
                    remedy(upgrade));
        }
        at.ifPresent(instant -> checkTime(upgrade, instant));
        Draft draft = note.on(Draft.of(move.type(), note.actor()).upgrade(id));
        return at.map(instant -> draft.data("at", instant.toString())).orElse(draft);
    }

    /** Not made a second time, and not a success either: its time or reason would be lost without a word. */
    private static UpgradeRefused already(JournalReader reader, Upgrade upgrade, Move move) {
        String since = reader.first(Query.of(move.type()).upgrade(upgrade.id()).latest(1))
                .map(entry -> " since " + Upgrade.at(entry))
                .orElse("");
        return new UpgradeRefused(
                "upgrade '" + upgrade.id() + "' is already " + move.done() + since + ": nothing was recorded",
                "nothing is left to do; look at it: sweepback upgrade show " + upgrade.id());
    }

    /** Says that these resources were created for the upgrade. */
    public Upgrade track(UpgradeId id, List<ResourceRef> resources, Note note) {
        journal.decide(reader -> {
            existing(reader, id);
            ArrayNode list = JsonMapper.shared().createArrayNode();
            resources.forEach(ref -> list.add(ref.toString()));
            return List.of(note.on(Draft.of(EntryType.UPGRADE_TRACKED, note.actor())
                    .upgrade(id)
                    .data("resources", list)));
        });
        return get(id);
    }

    private static Upgrade existing(JournalReader reader, UpgradeId id) {
        return find(reader, id).orElseThrow(() -> {
            List<String> known = new ArrayList<>();
            all(reader).forEach(upgrade -> known.add(upgrade.id().value()));
            return new UpgradeRefused(
                    "there is no upgrade '" + id + "'",
                    known.isEmpty()
                            ? "schedule one: sweepback upgrade schedule PACKAGE --from V --to V --environment E --window START/END"
                            : "known: "
                                    + String.join(", ", known.subList(Math.max(0, known.size() - 10), known.size())));
        });
    }

    private void checkTime(Upgrade upgrade, Instant at) {
        if (at.isAfter(clock.instant())) {
            throw new UpgradeRefused(
                    "--at " + at + " lies in the future", "leave --at out, or give a time in the past");
        }
        Instant earliest = earliest(upgrade);
        if (at.isBefore(earliest)) {
            throw new UpgradeRefused(
                    "--at " + at + " lies before the step it follows (" + earliest + ")", "give a later time");
        }
    }

    private static Instant earliest(Upgrade upgrade) {
        return upgrade.completedAt().or(upgrade::startedAt).orElse(Instant.MIN);
    }

    /** Whether its next step can have happened then. */
    boolean canHaveBeen(Upgrade upgrade, Instant at) {
        return !at.isAfter(clock.instant()) && !at.isBefore(earliest(upgrade));
    }

    static String remedy(Upgrade upgrade) {
        return switch (upgrade.state()) {
            case SCHEDULED -> "start it first: sweepback upgrade start " + upgrade.id();
            case RUNNING -> "complete, fail or roll it back";
            case SUCCEEDED -> "it can only be rolled back: sweepback upgrade rollback " + upgrade.id();
            case FAILED -> "roll it back, or schedule a new one";
            case ROLLING_BACK, ROLLED_BACK -> "schedule a new one";
        };
    }
}
