package dev.sweepback.gate;

import dev.sweepback.job.Counted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What is left of the last hour takes the next wave. */
final class WithinRate implements GateCondition {

    @Override
    public String name() {
        return "within maxPerHour";
    }

    @Override
    public Verdict ask(Question question) {
        OptionalInt most = question.policy().permits().maxPerHour();
        String policy = question.policy().name();
        if (most.isEmpty()) {
            return new Verdict.Open("policy '" + policy + "' has none");
        }
        List<Instant> begun = Begun.inTheHour(question.journal(), policy, question.now());
        // A wave is never larger than that; whoever asks for more is let in when nothing is in the hour any more.
        int next = Math.min(Math.max(1, question.next()), most.getAsInt());
        int over = begun.size() + next - most.getAsInt();
        if (over <= 0) {
            return new Verdict.Open(begun.size() + " of " + most.getAsInt() + " in the last hour");
        }
        Instant room = begun.get(over - 1).plus(Begun.HOUR);
        return new Verdict.Closed(
                "policy '" + policy + "' lets " + Counted.text(most.getAsInt(), "operation") + " be begun in an hour: "
                        + next + " more can be at " + Left.second(room),
                Optional.of(room));
    }
}
