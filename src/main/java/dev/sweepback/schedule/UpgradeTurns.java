package dev.sweepback.schedule;

import dev.sweepback.journal.UpgradeId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The runs of an upgrade go side by side; who rolls it back has it alone. */
final class UpgradeTurns {

    private final Map<UpgradeId, Turns> turns = new ConcurrentHashMap<>();

    Turns of(UpgradeId upgrade) {
        return turns.computeIfAbsent(upgrade, unused -> new Turns());
    }
}
