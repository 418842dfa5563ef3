package dev.sweepback.run;

import dev.sweepback.gate.Checks;
import dev.sweepback.gate.GateState;
import dev.sweepback.gate.Patience;
import dev.sweepback.gate.Question;
import dev.sweepback.gate.Verdict;
import dev.sweepback.job.BackOut;
import dev.sweepback.job.Check;
import dev.sweepback.job.Job;
import dev.sweepback.job.TcpSubject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One check whose answers tests set; good unless they say otherwise. */
public final class SettableChecks implements Checks {

    static final String NAME = "hybrid mode is on";

    public static final Verdict GOOD = new Verdict.Open("/dten.hybrid.enable is true", "true");
    public static final Verdict BAD = new Verdict.Failed("/dten.hybrid.enable is false", "false", Optional.empty());
    public static final Verdict NO_DATA = new Verdict.Unknown("no answer within 10s", Optional.empty());

    private final Deque<Verdict> next = new ArrayDeque<>();
    private Verdict always = GOOD;
    private final Map<Integer, Runnable> meanwhile = new HashMap<>();
    private int asked;

    /** From now on. */
    public void say(Verdict verdict) {
        always = verdict;
    }

    /** These one after the other, then as before. */
    public void sayFirst(Verdict... verdicts) {
        next.addAll(List.of(verdicts));
    }

    int asked() {
        return asked;
    }

    /** Happens while the check is asked for that time, from 1. */
    void meanwhile(int time, Runnable work) {
        meanwhile.put(time, work);
    }

    @Override
    public List<GateState.Answer> ask(Question question, Patience patience) {
        asked++;
        Optional.ofNullable(meanwhile.get(asked)).ifPresent(Runnable::run);
        Verdict verdict = next.isEmpty() ? always : next.remove();
        return List.of(new GateState.Answer(NAME, verdict));
    }

    /** The job with this check, and what becomes of it when that fails. */
    public static Job checked(Job job, BackOut backOut) {
        Check check = new Check(
                NAME,
                new TcpSubject("dten.example.com", 443, true),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                1,
                Check.OnNoData.HOLD,
                Optional.empty());
        return new Job(
                job.name(),
                job.labels(),
                job.after(),
                job.start(),
                job.schedule(),
                job.policy(),
                List.of(check),
                job.steps(),
                backOut,
                job.source());
    }
}
