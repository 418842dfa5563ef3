package dev.sweepback.gate;

import dev.sweepback.upgrade.Window;
import java.util.Optional;

/** The maintenance window and its buffer have passed. */
final class WindowOver implements GateCondition {

    @Override
    public String name() {
        return "window over";
    }

    @Override
    public Verdict ask(Question question) {
        Window window = question.upgrade().window();
        if (question.now().isBefore(window.over())) {
            return new Verdict.Closed(
                    "window and buffer end " + Left.minute(window.over()) + ", "
                            + Left.text(question.now(), window.over()),
                    Optional.of(window.over()));
        }
        return new Verdict.Open("ended " + Left.minute(window.over()));
    }
}
