package dev.sweepback.job;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a folder of files says: all that is valid, and the problems with the rest.
 *
 * @param settings empty if the settings file has a problem
 * @param jobs by name; without those that have a problem
 * @param policies by name; without those that have a problem, and without the built-in one
 * @param problems what keeps a file from being used
 * @param warnings what a person should correct, though the file is used as it is
 * @param brokenJobs the names of the jobs that have a problem, as far as they can be read
 */
public record Loaded(
        Optional<Settings> settings,
        Map<String, Job> jobs,
        Map<String, Policy> policies,
        List<Problem> problems,
        List<Problem> warnings,
        Set<String> brokenJobs) {

    public Loaded {
        jobs = Collections.unmodifiableMap(new TreeMap<>(jobs));
        policies = Collections.unmodifiableMap(new TreeMap<>(policies));
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        brokenJobs = Collections.unmodifiableSet(new TreeSet<>(brokenJobs));
    }

    /** Nothing in it is broken beyond what the problems say. */
    public Loaded(
            Optional<Settings> settings, Map<String, Job> jobs, Map<String, Policy> policies, List<Problem> problems) {
        this(settings, jobs, policies, problems, List.of(), Set.of());
    }

    /** The policy of a job of this workspace. */
    public Policy policyOf(Job job) {
        return job.policy()
                .filter(name -> policies.containsKey(name) || !name.equals(Policy.CAREFUL))
                .map(name -> Optional.ofNullable(policies.get(name))
                        .orElseThrow(() -> new IllegalStateException("no policy '" + name + "'")))
                .orElseGet(Policy::careful);
    }
}
