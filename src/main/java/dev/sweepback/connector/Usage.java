package dev.sweepback.connector;

import java.util.List;
import java.util.Set;

/**
 * What one connection is used for, by the jobs and by the settings.
 *
 * @param works what the steps of the jobs do on it
 * @param handovers the paths on it where steps leave what undo issues again
 * @param secrets the paths on it that settings and steps refer to for secrets
 */
public record Usage(List<Work> works, Set<String> handovers, Set<String> secrets) {

    public Usage {
        works = List.copyOf(works);
        handovers = Set.copyOf(handovers);
        secrets = Set.copyOf(secrets);
    }

    public boolean isNone() {
        return works.isEmpty() && handovers.isEmpty() && secrets.isEmpty();
    }

    /** What a step does. */
    public record Work(String kind, List<String> actions, Instructions instructions) {
        public Work {
            actions = List.copyOf(actions);
        }
    }
}
