package dev.sweepback.cli;

import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.Window;
import java.time.Duration;

/** What should be said of an upgrade's window, though nothing is wrong with it. */
final class WindowAdvice {

    private static final Duration LONG = Duration.ofHours(12);

    private WindowAdvice() {}

    /** A long one is more often a slip of the pen than meant, and cleanup waits for it. */
    static void onScheduling(Window window, Console console) {
        Duration length = Duration.between(window.start(), window.end());
        String consequence = ": nothing is removed before " + window.over() + ", when both are over; is that meant?";
        if (length.compareTo(LONG) > 0) {
            console.say("warning: the window is " + Spans.text(length) + " long (" + window.start() + " to "
                    + window.end() + "), more than " + Spans.text(LONG) + consequence);
        }
        if (window.buffer().compareTo(length) > 0) {
            console.say("warning: the buffer of " + Spans.text(window.buffer()) + " is longer than the window of "
                    + Spans.text(length) + consequence);
        }
    }

    static void onCompletion(Upgrade upgrade, Console console) {
        Window window = upgrade.window();
        upgrade.completedAt()
                .filter(completed -> completed.isAfter(window.over()))
                .ifPresent(completed -> console.say("completed "
                        + Spans.text(Duration.between(window.over(), completed))
                        + " after window and buffer were over ("
                        + window.over() + "); the soak counts from the completion"));
    }
}
