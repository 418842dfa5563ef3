package dev.sweepback.gate;

import dev.sweepback.job.Check;
import dev.sweepback.journal.JournalException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks the checks of a job, in rounds: all side by side, and all again while any has to be good once more, so that the gate opens on
 * answers of one round. A row of good answers counts on for who asks again, so that between waves one new answer will do.
 */
public final class AskedChecks implements Checks {

    private final SideBySide sideBySide;
    private final Clock clock;
    private final GoodRows rows = new GoodRows();

    public AskedChecks(Measures measures, Clock clock) {
        this.sideBySide = new SideBySide(measures);
        this.clock = clock;
    }

    @Override
    public List<GateState.Answer> ask(Question question, Patience patience) {
        List<Standing> all = new ArrayList<>();
        for (Check check : question.job().checks()) {
            all.add(new Standing(check, key(question, check)));
        }
        do {
            round(all, question);
        } while (all.stream().allMatch(Standing::mayBecomeGood) && isWaitedFor(all, patience));
        Function<Standing, Verdict> verdict = verdict(question);
        return all.stream()
                .map(standing -> new GateState.Answer(standing.check.name(), verdict.apply(standing)))
                .toList();
    }

    /** For how long a check has been waited for is in the record: what rests on one that cannot be read is not known. */
    private Function<Standing, Verdict> verdict(Question question) {
        Map<String, CheckWaits.Wait> waits;
        try {
            waits = CheckWaits.of(question);
        } catch (JournalException e) {
            return standing -> standing.check.maxWait().isEmpty()
                    ? standing.verdict()
                    : new Verdict.Unknown("the record cannot be read: " + e.getMessage(), Optional.empty());
        }
        Instant now = clock.instant();
        return standing -> CheckWaits.verdict(standing.check, standing.verdict(), waits, now, question);
    }

    private void round(List<Standing> all, Question question) {
        List<Measured> measured = sideBySide.ask(
                all.stream().map(standing -> standing.check).toList(),
                Optional.of(question.upgrade().to()));
        Instant now = clock.instant();
        for (int index = 0; index < all.size(); index++) {
            all.get(index).heed(measured.get(index), rows, now);
        }
    }

    /** Whether somebody waited until the next one can become good; not if all are, nor if nobody waits. */
    private static boolean isWaitedFor(List<Standing> all, Patience patience) {
        return all.stream()
                .flatMap(standing -> standing.next.stream())
                .min(Comparator.naturalOrder())
                .filter(patience::until)
                .isPresent();
    }

    private static String key(Question question, Check check) {
        return question.job().source().sha256() + " " + question.upgrade().id() + " " + check.name();
    }
}
