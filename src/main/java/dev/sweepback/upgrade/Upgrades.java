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
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;

/** Records the moves of upgrades. Each is decided on the newest state, so that two processes cannot both make it. */
public final class Upgrades {

    /** In the entry that says that an upgrade is rolled back. */
    public static final String CONFLICTS = "conflicts";

    private static final EntryType[] TYPES = {
        EntryType.UPGRADE_SCHEDULED,
        EntryType.UPGRADE_STARTED,
        EntryType.UPGRADE_COMPLETED,
        EntryType.UPGRADE_FAILED,
        EntryType.UPGRADE_ROLLING_BACK,
        EntryType.UPGRADE_ROLLED_BACK,
        EntryType.UPGRADE_TRACKED,
        EntryType.UPGRADE_VERIFIED,
        EntryType.UPGRADE_REBOOTED
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
        return get(journal, id);
    }

    /**
     * @throws UpgradeRefused if the id is taken, a text is blank or has a blank at its edge, or the window or its buffer is out
     *     of all proportion
     */
    public Upgrade schedule(
            UpgradeId id, String packageName, String from, String to, String environment, Window window, Note note) {
        return schedule(id, packageName, from, to, environment, window, Reboot.NONE, note);
    }

    /** The same, where it is known without a manifest whether a reboot belongs to it. */
    public Upgrade schedule(
            UpgradeId id,
            String packageName,
            String from,
            String to,
            String environment,
            Window window,
            Reboot reboot,
            Note note) {
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
                    .data("buffer", window.buffer().toString())
                    .data("reboot", reboot.word())));
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
        journal.decide(reader -> decided(reader, id, move, at, UnaryOperator.identity(), note));
        return get(id);
    }

    /**
     * The entries of a move, decided on what {@code reader} shows.
     *
     * @param mark adds to the entry of the move itself
     */
    List<Draft> decided(
            JournalReader reader, UpgradeId id, Move move, Optional<Instant> at, UnaryOperator<Draft> mark, Note note) {
        Upgrade upgrade = get(reader, id);
        if (upgrade.state() == move.leadsTo()) {
            throw already(reader, upgrade, move.type(), move.done());
        }
        if (move == Move.ROLL_BACK && upgrade.state() == UpgradeState.ROLLED_BACK) {
            throw already(reader, upgrade, EntryType.UPGRADE_ROLLED_BACK, "rolled back");
        }
        if (!move.legalFrom(upgrade.state())) {
            throw new UpgradeRefused(
                    "upgrade '" + id + "' is " + upgrade.state().word() + ": it cannot '" + move.word() + "'",
                    remedy(upgrade));
        }
        at.ifPresent(instant -> checkTime(instant, earliest(upgrade)));
        Draft moved =
                mark.apply(at(at, note.on(Draft.of(move.type(), note.actor()).upgrade(id))));
        return move == Move.ROLL_BACK && nothingWasRun(reader, id) ? List.of(moved, over(id, 0, note)) : List.of(moved);
    }

    /**
     * Confirms that the reboot which belongs to the upgrade was done; the last word counts.
     *
     * @param at when it was done, if before now; recorded as stated
     * @throws UpgradeRefused if the upgrade has not begun, or {@code at} lies in the future or before its start
     */
    public Upgrade rebooted(UpgradeId id, Optional<Instant> at, Note note) {
        journal.decide(reader -> {
            Upgrade upgrade = get(reader, id);
            Instant started = upgrade.startedAt()
                    .orElseThrow(() -> new UpgradeRefused(
                            "upgrade '" + id + "' is " + upgrade.state().word()
                                    + " and was never started: no reboot can belong to it yet",
                            remedy(upgrade)));
            at.ifPresent(instant -> checkTime(instant, started));
            return List.of(at(
                    at,
                    note.on(Draft.of(EntryType.UPGRADE_REBOOTED, note.actor()).upgrade(id))));
        });
        return get(id);
    }

    private static Draft at(Optional<Instant> at, Draft draft) {
        return at.map(instant -> draft.data("at", instant.toString())).orElse(draft);
    }

    /** Then there is nothing to put back. */
    private static boolean nothingWasRun(JournalReader reader, UpgradeId id) {
        return reader.first(Query.of(EntryType.RUN_STARTED).upgrade(id).latest(1))
                .isEmpty();
    }

    /**
     * Says that all that was removed for an upgrade is put back, as far as it can be; does nothing if it is not being rolled back.
     *
     * @param conflicts how many things somebody has changed since: left alone
     */
    public void rolledBack(UpgradeId id, int conflicts, Note note) {
        journal.decide(reader ->
                get(reader, id).state() == UpgradeState.ROLLING_BACK ? List.of(over(id, conflicts, note)) : List.of());
    }

    private static Draft over(UpgradeId id, int conflicts, Note note) {
        return note.on(Draft.of(EntryType.UPGRADE_ROLLED_BACK, note.actor())
                .upgrade(id)
                .data(CONFLICTS, IntNode.valueOf(conflicts)));
    }

    /** Not made a second time, and not a success either: its time or reason would be lost without a word. */
    private static UpgradeRefused already(JournalReader reader, Upgrade upgrade, EntryType type, String done) {
        String since = reader.first(Query.of(type).upgrade(upgrade.id()).latest(1))
                .map(entry -> " since " + Upgrade.at(entry))
                .orElse("");
        return new UpgradeRefused(
                "upgrade '" + upgrade.id() + "' is already " + done + since + ": nothing was recorded",
                "nothing is left to do; look at it: sweepback upgrade show " + upgrade.id());
    }

    /** Says that these resources were created for the upgrade. */
    public Upgrade track(UpgradeId id, List<ResourceRef> resources, Note note) {
        journal.decide(reader -> {
            get(reader, id);
            return List.of(tracked(id, resources, note));
        });
        return get(id);
    }

    /** How that is recorded, for what records more in the same commit. */
    public static Draft tracked(UpgradeId id, List<ResourceRef> resources, Note note) {
        ArrayNode list = JsonMapper.shared().createArrayNode();
        resources.forEach(ref -> list.add(ref.toString()));
        return note.on(
                Draft.of(EntryType.UPGRADE_TRACKED, note.actor()).upgrade(id).data("resources", list));
    }

    /** @throws UpgradeRefused if there is no such upgrade */
    public static Upgrade get(JournalReader reader, UpgradeId id) {
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

    private void checkTime(Instant at, Instant earliest) {
        if (at.isAfter(clock.instant())) {
            throw new UpgradeRefused(
                    "--at " + at + " lies in the future", "leave --at out, or give a time in the past");
        }
        if (at.isBefore(earliest)) {
            throw new UpgradeRefused(
                    "--at " + at + " lies before the step it follows (" + earliest + ")", "give a later time");
        }
    }

    private static Instant earliest(Upgrade upgrade) {
        return upgrade.completedAt().or(upgrade::startedAt).orElse(Instant.MIN);
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
