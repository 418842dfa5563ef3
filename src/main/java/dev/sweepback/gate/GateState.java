package dev.sweepback.gate;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The answers of all conditions at one moment.
 *
 * @param ofRecord what record and time tell
 * @param ofChecks what the checks of the job say, in the order of its file
 */
public record GateState(List<Answer> ofRecord, List<Answer> ofChecks) {

    /** What one condition said. */
    public record Answer(String condition, Verdict verdict) {}

    public GateState {
        ofRecord = List.copyOf(ofRecord);
        ofChecks = List.copyOf(ofChecks);
    }

    /** All of them: first those that rest on record and time. */
    public List<Answer> answers() {
        return Stream.concat(ofRecord.stream(), ofChecks.stream()).toList();
    }

    public boolean isOpen() {
        return answers().stream().allMatch(answer -> answer.verdict() instanceof Verdict.Open);
    }

    /** {@code open}, {@code closed}, or {@code unknown} if nothing is closed but something could not tell. */
    public String word() {
        if (isOpen()) {
            return "open";
        }
        boolean closed =
                answers().stream().anyMatch(answer -> answer.verdict().word().equals("closed"));
        return closed ? "closed" : "unknown";
    }

    /** What checks that failed say, in one line; empty if none did. */
    public Optional<String> failures() {
        String failures = answers().stream()
                .filter(answer -> answer.verdict() instanceof Verdict.Failed)
                .map(answer -> answer.condition() + ": " + answer.verdict().reason())
                .collect(Collectors.joining("; "));
        return failures.isEmpty() ? Optional.empty() : Optional.of(failures);
    }

    /** What keeps it shut, without what was measured: the same for as long as the same does. */
    public String obstacles() {
        return answers().stream()
                .filter(answer -> !(answer.verdict() instanceof Verdict.Open))
                .map(answer ->
                        answer.condition() + " " + answer.verdict().getClass().getSimpleName())
                .collect(Collectors.joining("; "));
    }

    /** When all that waits for a time will have come; empty if something waits for more than time, or if it is open. */
    public Optional<Instant> retryAt() {
        List<Verdict> shut = answers().stream()
                .map(Answer::verdict)
                .filter(verdict -> !(verdict instanceof Verdict.Open))
                .toList();
        if (shut.stream().anyMatch(verdict -> verdict.retryAt().isEmpty())) {
            return Optional.empty();
        }
        return shut.stream().flatMap(verdict -> verdict.retryAt().stream()).max(Comparator.naturalOrder());
    }

    /** Why it is not open, in one line. */
    public String reasons() {
        return answers().stream()
                .filter(answer -> !(answer.verdict() instanceof Verdict.Open))
                .map(answer -> answer.condition() + ": " + answer.verdict().reason())
                .collect(Collectors.joining("; "));
    }
}
