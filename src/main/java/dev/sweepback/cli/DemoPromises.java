package dev.sweepback.cli;

import java.util.ArrayList;
import java.util.List;

/** What the story promises while it is told. The demo succeeds only if all of it held; what did not is said at the end. */
final class DemoPromises {

    private final List<String> broken = new ArrayList<>();

    void require(boolean holds, String promise) {
        if (!holds) {
            broken.add(promise);
        }
    }

    List<String> broken() {
        return List.copyOf(broken);
    }
}
