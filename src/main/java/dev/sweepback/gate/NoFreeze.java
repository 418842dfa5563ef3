package dev.sweepback.gate;

import dev.sweepback.job.Freeze;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings name no time in which nothing is removed, and that is now. */
final class NoFreeze implements GateCondition {

    private final List<Freeze> freezes;

    NoFreeze(List<Freeze> freezes) {
        this.freezes = List.copyOf(freezes);
    }

    @Override
    public String name() {
        return "no freeze";
    }

    @Override
    public Verdict ask(Question question) {
        List<Freeze> frozen = at(question.now());
        if (frozen.isEmpty()) {
            return new Verdict.Open(next(question.now())
                    .map(freeze -> "the next is '" + freeze.name() + "' from " + Left.minute(freeze.from()) + " on")
                    .orElse("none is to come"));
        }
        return new Verdict.Closed(
                frozen.stream()
                        .map(freeze -> "freeze '" + freeze.name() + "' until " + Left.minute(freeze.until()))
                        .collect(Collectors.joining(", ")),
                Optional.of(over(question.now())));
    }

    private List<Freeze> at(Instant instant) {
        return freezes.stream()
                .filter(freeze -> !instant.isBefore(freeze.from()) && instant.isBefore(freeze.until()))
                .toList();
    }

    private Optional<Freeze> next(Instant now) {
        return freezes.stream().filter(freeze -> freeze.from().isAfter(now)).min(Comparator.comparing(Freeze::from));
    }

    /** One may follow the other without a gap. */
    private Instant over(Instant now) {
        Instant over = now;
        List<Freeze> frozen = at(over);
        while (!frozen.isEmpty()) {
            over = frozen.stream()
                    .map(Freeze::until)
                    .max(Comparator.naturalOrder())
                    .orElse(over);
            frozen = at(over);
        }
        return over;
    }
}
