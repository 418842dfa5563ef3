package dev.sweepback.gate;

import dev.sweepback.job.Counted;
import dev.sweepback.job.Durations;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** This machine's clock can be relied on: it has not jumped lately, and is not far from those of the systems and of the record. */
final class ClockRight implements GateCondition {

    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String BY = "by";

    private final ClockWatch watch;

    ClockRight(ClockWatch watch) {
        this.watch = watch;
    }

    @Override
    public String name() {
        return "clock right";
    }

    @Override
    public Verdict ask(Question question) {
        watch.look();
        return aheadOfUs(question.journal())
                .or(() -> jumped(question.journal()))
                .or(this::skewed)
                .orElseGet(() -> new Verdict.Open(
                        watch.systems() == 0
                                ? "it has not jumped"
                                : "it has not jumped, and is within " + Durations.print(watch.tolerated()) + " of "
                                        + Counted.text(watch.systems(), "system")));
    }

    private Optional<Verdict> aheadOfUs(JournalReader journal) {
        Instant now = watch.now();
        return journal.first(Query.all().latest(1))
                .map(Entry::time)
                .filter(newest -> newest.isAfter(now.plus(ClockWatch.LARGEST_STEP)))
                .map(newest -> new Verdict.Closed(
                        "the newest entry of the record is of " + newest + ", and it is " + now
                                + " by this machine's clock: the clock was set back, or the record comes from another"
                                + " machine; set the clock right. If it is right, a clock that was ahead wrote that entry:"
                                + " the gate opens when that time has come, or as soon as anything is recorded with the"
                                + " right time, for instance by `sweepback plan JOB`",
                        Optional.of(newest.minus(ClockWatch.LARGEST_STEP))));
    }

    /** What another process has seen counts as well. */
    private Optional<Verdict> jumped(JournalReader journal) {
        Optional<ClockWatch.Jump> seen = watch.jump();
        if (seen.isPresent()) {
            return Optional.of(
                    jumped(seen.get().from().toString(), seen.get().to().toString(), watch.quietFrom()));
        }
        // What lies further ahead was recorded by a clock that was: it would keep every gate shut until then.
        return journal.first(Query.of(EntryType.CLOCK_JUMPED)
                        .from(watch.now().minus(ClockWatch.COUNTS))
                        .until(watch.now().plus(ClockWatch.COUNTS))
                        .latest(1))
                .filter(entry -> entry.time().plus(ClockWatch.COUNTS).isAfter(watch.now()))
                .map(entry -> jumped(
                        entry.data(FROM).orElse("?"),
                        entry.data(TO).orElse("?"),
                        entry.time().plus(ClockWatch.COUNTS)));
    }

    private static Verdict jumped(String from, String to, Instant quietFrom) {
        return new Verdict.Closed(
                "this machine's clock jumped from " + from + " to " + to
                        + ": see that it is right now; nothing is begun for " + Durations.print(ClockWatch.COUNTS)
                        + " after that",
                Optional.of(quietFrom));
    }

    private Optional<Verdict> skewed() {
        return watch.skew().map(skew -> {
            boolean ahead = !skew.ahead().isNegative();
            return new Verdict.Unknown(
                    "this machine's clock is " + shown(skew.ahead().abs()) + (ahead ? " ahead of" : " behind")
                            + " that of '"
                            + skew.system() + "' (measured " + Left.minute(skew.at()) + "), more than the clockSkew of "
                            + Durations.print(watch.tolerated())
                            + ": set right the one that is wrong (timedatectl and chronyc tell), or raise clockSkew in the settings",
                    Optional.of(skew.at().plus(ClockWatch.COUNTS)));
        });
    }

    private static String shown(Duration duration) {
        return Durations.print(Duration.ofSeconds(duration.toSeconds()));
    }

    @Override
    public synchronized void note(Journal journal, Actor actor) {
        watch.look();
        List<ClockWatch.Jump> jumps = watch.unrecorded();
        if (jumps.isEmpty()) {
            return;
        }
        journal.append(jumps.stream()
                .map(jump -> Draft.of(EntryType.CLOCK_JUMPED, actor)
                        .data(FROM, jump.from().toString())
                        .data(TO, jump.to().toString())
                        .data(BY, jump.by().toString()))
                .toList());
        watch.recorded(jumps);
    }
}
