package dev.sweepback.gate;

import dev.sweepback.job.Durations;
import dev.sweepback.upgrade.Upgrade;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The new version has run for the soak time, counted from completion or from the end of window and buffer, the later. */
final class SoakOver implements GateCondition {

    @Override
    public String name() {
        return "soak over";
    }

    @Override
    public Verdict ask(Question question) {
        Upgrade upgrade = question.upgrade();
        Duration soak = question.job().after().soak();
        if (upgrade.completedAt().isEmpty()) {
            return new Verdict.Closed("the upgrade is not complete, so the soak has not begun", Optional.empty());
        }
        Instant over = end(upgrade, upgrade.completedAt().get(), soak);
        if (question.now().isBefore(over)) {
            return new Verdict.Closed(
                    Left.text(question.now(), over) + " of " + Durations.print(soak), Optional.of(over));
        }
        return new Verdict.Open(Durations.print(soak) + " over since " + Left.minute(over));
    }

    private static Instant end(Upgrade upgrade, Instant completed, Duration soak) {
        Instant from = completed.isAfter(upgrade.window().over())
                ? completed
                : upgrade.window().over();
        return from.plus(soak);
    }
}
