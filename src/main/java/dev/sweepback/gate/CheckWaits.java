package dev.sweepback.gate;

import dev.sweepback.job.Check;
import dev.sweepback.job.Durations;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * For how long checks with a {@code maxWait} have kept a gate shut that nothing else does, from the record: since the job was last
 * enabled, what {@link Gate#act} has noted.
 */
final class CheckWaits {

    private static final String CHECK = "check";
    private static final String STATE = "state";
    private static final String WAITING = "waiting";
    private static final String OVER = "over";
    private static final String GIVEN_UP = "given-up";

    /** A check that keeps the gate shut. */
    record Wait(Instant since, Optional<Instant> givenUp) {}

    private CheckWaits() {}

    /** By check; those that are good again are not in it. */
    static Map<String, Wait> of(Question question) {
        Map<String, Wait> waits = new HashMap<>();
        if (question.job().checks().stream().allMatch(check -> check.maxWait().isEmpty())) {
            return waits;
        }
        String job = question.job().name();
        long enabled = Enablement.last(
                        question.journal(), job, question.upgrade().id())
                .map(Entry::seq)
                .orElse(0L);
        for (Entry entry : question.journal()
                .read(Query.of(EntryType.CHECK_WAITING)
                        .job(job)
                        .upgrade(question.upgrade().id())
                        .after(enabled))) {
            String check = entry.data(CHECK).orElse("");
            switch (entry.data(STATE).orElse("")) {
                case WAITING -> waits.putIfAbsent(check, new Wait(entry.time(), Optional.empty()));
                case GIVEN_UP ->
                    waits.computeIfPresent(check, (name, wait) -> new Wait(wait.since(), Optional.of(entry.time())));
                default -> waits.remove(check);
            }
        }
        return waits;
    }

    /** What a check says that has been waited for. */
    static Verdict verdict(Check check, Verdict asked, Map<String, Wait> waits, Instant now, Question question) {
        Wait wait = waits.get(check.name());
        if (asked instanceof Verdict.Open || wait == null || check.maxWait().isEmpty()) {
            return asked;
        }
        if (!isTooLong(check, wait, now)) {
            return waiting(check.maxWait().get(), asked, wait);
        }
        String why = "not good since " + Left.minute(wait.since()) + ", for longer than its maxWait of "
                + Durations.print(check.maxWait().orElseThrow().time()) + ": " + asked.reason();
        return switch (check.maxWait().orElseThrow().outcome()) {
            case GIVE_UP ->
                new Verdict.Closed("given up: " + why + " (to try again: " + enable(question) + ")", Optional.empty());
            case FAIL -> new Verdict.Failed(why, asked.evidence(), asked.retryAt());
        };
    }

    private static Verdict waiting(Check.MaxWait most, Verdict asked, Wait wait) {
        String reason = asked.reason() + " (not good since " + Left.minute(wait.since()) + "; "
                + most.outcome().word() + " at "
                + Left.minute(wait.since().plus(most.time())) + ")";
        return asked instanceof Verdict.Failed
                ? new Verdict.Failed(reason, asked.evidence(), asked.retryAt())
                : new Verdict.Unknown(reason, asked.evidence(), asked.retryAt());
    }

    static String enable(Question question) {
        return "sweepback enable " + question.job().name() + " --upgrade "
                + question.upgrade().id();
    }

    private static boolean isTooLong(Check check, Wait wait, Instant now) {
        return check.maxWait()
                .filter(most -> !now.isBefore(wait.since().plus(most.time())))
                .isPresent();
    }

    /**
     * What has to be recorded after the gate was asked.
     *
     * @param record what the other conditions said
     * @param asked what the checks said, in the order of the job
     */
    static List<Draft> news(Question question, GateState record, List<GateState.Answer> asked, Actor actor) {
        Map<String, Wait> waits = of(question);
        List<Draft> news = new ArrayList<>();
        for (int index = 0; index < asked.size(); index++) {
            Check check = question.job().checks().get(index);
            Verdict verdict = asked.get(index).verdict();
            state(check, verdict, Optional.ofNullable(waits.get(check.name())), record.isOpen())
                    .ifPresent(state -> news.add(Draft.of(EntryType.CHECK_WAITING, actor)
                            .job(question.job().name())
                            .upgrade(question.upgrade().id())
                            .reason(verdict.reason())
                            .data(CHECK, check.name())
                            .data(STATE, state)));
        }
        return news;
    }

    private static Optional<String> state(Check check, Verdict verdict, Optional<Wait> wait, boolean alone) {
        boolean good = verdict instanceof Verdict.Open;
        boolean givenUp = wait.flatMap(Wait::givenUp).isPresent();
        if (check.maxWait().isEmpty() || givenUp || (good && wait.isEmpty())) {
            return Optional.empty();
        }
        if (good) {
            return Optional.of(OVER);
        }
        if (wait.isEmpty()) {
            return alone ? Optional.of(WAITING) : Optional.empty();
        }
        return verdict instanceof Verdict.Closed ? Optional.of(GIVEN_UP) : Optional.empty();
    }
}
