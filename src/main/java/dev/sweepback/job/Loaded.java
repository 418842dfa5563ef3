package dev.sweepback.job;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a folder of files says: all that is valid, and the problems with the rest.
 *
 * @param settings empty if the settings file has a problem
 * @param jobs by name; without those that have a problem
 * @param policies by name; without those that have a problem, and without the built-in one
 */
public record Loaded(
        Optional<Settings> settings, Map<String, Job> jobs, Map<String, Policy> policies, List<Problem> problems) {

    public Loaded {
        jobs = Collections.unmodifiableMap(new TreeMap<>(jobs));
        policies = Collections.unmodifiableMap(new TreeMap<>(policies));
        problems = List.copyOf(problems);
    }

    /** The policy of a job of this workspace. */
    public Policy policyOf(Job job) {
        return job.policy()
                .map(name -> Optional.ofNullable(policies.get(name))
                        .orElseThrow(() -> new IllegalStateException("no policy '" + name + "'")))
                .orElseGet(Policy::careful);
    }
}
