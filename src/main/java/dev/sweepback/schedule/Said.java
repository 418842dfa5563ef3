package dev.sweepback.schedule;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What was said last about each thing, so that the log tells changes and does not repeat itself. */
final class Said {

    private final Map<String, String> last = new ConcurrentHashMap<>();

    boolean isNew(String about, String what) {
        return !what.equals(last.put(about, what));
    }

    void forget(String about) {
        last.remove(about);
    }
}
