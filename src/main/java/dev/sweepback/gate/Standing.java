package dev.sweepback.gate;

import dev.sweepback.job.Check;
import java.time.Instant;
import java.util.Optional;

/** How far the asking of one check has come. */
final class Standing {

    final Check check;

    /** When it must be asked again to become good; empty if it is decided. */
    Optional<Instant> next = Optional.empty();

    private final String row;
    private Verdict verdict = new Verdict.Unknown("not asked yet", Optional.empty());

    Standing(Check check, String row) {
        this.check = check;
        this.row = row;
    }

    Verdict verdict() {
        return verdict;
    }

    boolean mayBecomeGood() {
        return verdict instanceof Verdict.Open || next.isPresent();
    }

    void heed(Measured measured, GoodRows rows, Instant now) {
        Instant again = now.plus(check.interval());
        next = Optional.empty();
        if (measured instanceof Measured.Good good) {
            good(good.evidence(), rows.good(row, check, now));
            return;
        }
        rows.broken(row);
        verdict = measured instanceof Measured.Bad bad
                ? new Verdict.Failed(bad.reason(), bad.evidence(), Optional.of(again))
                : noData(((Measured.NoData) measured).reason(), again);
    }

    private void good(String evidence, GoodRows.Row reached) {
        if (reached.count() >= check.consecutive()) {
            String times = check.consecutive() > 1 ? ", good " + reached.count() + " times in a row" : "";
            verdict = new Verdict.Open(evidence + times, evidence);
            return;
        }
        next = Optional.of(reached.counted().plus(check.interval()));
        verdict = new Verdict.Unknown(
                "good " + (reached.count() == 1 ? "once" : reached.count() + " times in a row") + ", "
                        + check.consecutive() + " in a row are needed",
                evidence,
                next);
    }

    private Verdict noData(String reason, Instant again) {
        return switch (check.onNoData()) {
            case HOLD -> new Verdict.Unknown("no data: " + reason, Optional.of(again));
            case FAIL -> new Verdict.Failed("no data, which counts as failed here: " + reason, "", Optional.of(again));
        };
    }
}
