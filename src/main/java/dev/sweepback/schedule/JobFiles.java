package dev.sweepback.schedule;

import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Policy;
import dev.sweepback.job.Problem;
import dev.sweepback.job.Settings;
import dev.sweepback.job.Source;
import dev.sweepback.job.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job and policy files in use. A file that has become wrong stays in use as it was before; the settings stay as they were
 * at the start. Thread-safe.
 */
public final class JobFiles {

    private static final Logger LOG = LoggerFactory.getLogger(JobFiles.class);

    private final Path settingsFile;
    private final Supplier<Loaded> loader;
    private FileStamps stamps;
    private volatile Loaded current;
    private volatile boolean settingsChanged;

    private JobFiles(Path settingsFile, Supplier<Loaded> loader, FileStamps stamps, Loaded current) {
        this.settingsFile = settingsFile;
        this.loader = loader;
        this.stamps = stamps;
        this.current = current;
    }

    /** Reads the files for the first time, and says in the log what is wrong with them. */
    public static JobFiles load(Path settingsFile, Supplier<Loaded> loader) {
        FileStamps stamps = FileStamps.of(settingsFile);
        Loaded loaded = loader.get();
        loaded.problems().forEach(problem -> LOG.error("{}; not used until it is corrected", problem));
        loaded.warnings().forEach(warning -> LOG.warn("{}", warning));
        return new JobFiles(settingsFile, loader, stamps, loaded);
    }

    /** What is in use, with the problems of what is not. */
    public Loaded current() {
        return current;
    }

    /** What a person should know about the files, without the folder they are in. */
    public List<String> warnings() {
        String folder = String.valueOf(settingsFile.toAbsolutePath().getParent());
        List<String> warnings = new ArrayList<>();
        current.problems().forEach(problem -> warnings.add(problem.toString().replace(folder + "/", "")));
        if (settingsChanged) {
            warnings.add(settingsFile.getFileName() + " has changed: restart the daemon to apply it");
        }
        return warnings;
    }

    /**
     * Reads the files again if any has changed.
     *
     * @return whether that was so
     */
    public synchronized boolean poll() {
        FileStamps now = FileStamps.of(settingsFile);
        if (now.equals(stamps)) {
            return false;
        }
        Loaded before = current;
        Loaded fresh = loader.get();
        settings(fresh);
        current = merged(before, fresh);
        stamps = now;
        report(before, current);
        return true;
    }

    private void settings(Loaded fresh) {
        String running = current.settings().map(JobFiles::digest).orElse("");
        boolean changed = fresh.settings()
                .map(settings -> !digest(settings).equals(running))
                .orElse(true);
        if (changed && !settingsChanged) {
            LOG.warn(
                    "{} has changed; the daemon goes on with what it read at its start until it is restarted",
                    settingsFile);
        }
        settingsChanged = changed;
    }

    /** Of the settings and of the descriptions that they rest on. */
    private static String digest(Settings settings) {
        return settings.source().sha256()
                + settings.descriptions().stream()
                        .map(description -> description.source().sha256())
                        .toList();
    }

    private static Loaded merged(Loaded before, Loaded fresh) {
        List<Problem> problems = new ArrayList<>(fresh.problems());
        Map<String, Policy> policies = new TreeMap<>(fresh.policies());
        Set<Path> policyFiles =
                paths(fresh.policies().values().stream().map(Policy::source).toList());
        before.policies().forEach((name, policy) -> {
            if (isBroken(policy.source(), policyFiles)) {
                policies.putIfAbsent(name, policy);
            }
        });
        Map<String, Job> jobs = new TreeMap<>();
        Set<Path> usable = new HashSet<>();
        fresh.jobs().forEach((name, job) -> {
            Optional<Problem> problem = unknownConnection(job, before.settings());
            problem.ifPresent(problems::add);
            if (problem.isEmpty()) {
                jobs.put(name, job);
                usable.add(job.source().path());
            }
        });
        before.jobs().forEach((name, job) -> {
            if (!jobs.containsKey(name) && isBroken(job.source(), usable)) {
                jobs.put(name, job);
                job.policy().ifPresent(policy -> policies.computeIfAbsent(policy, before.policies()::get));
            }
        });
        return new Loaded(before.settings(), jobs, policies, problems, fresh.warnings(), fresh.brokenJobs());
    }

    private static Set<Path> paths(List<Source> sources) {
        return sources.stream().map(Source::path).collect(Collectors.toSet());
    }

    /** Whether a file that was valid is still there, and nothing valid was read from it. */
    private static boolean isBroken(Source source, Set<Path> valid) {
        return Files.exists(source.path()) && !valid.contains(source.path());
    }

    private static Optional<Problem> unknownConnection(Job job, Optional<Settings> running) {
        return job.steps().stream()
                .map(Step::connection)
                .filter(name ->
                        running.flatMap(settings -> settings.connection(name)).isEmpty())
                .findFirst()
                .map(name -> new Problem(
                        job.source().path(),
                        0,
                        0,
                        "the daemon was started without connection '" + name + "'",
                        "a connection of the settings it runs with",
                        "restart the daemon"));
    }

    private static void report(Loaded before, Loaded now) {
        for (Problem problem : now.problems()) {
            if (!before.problems().contains(problem)) {
                LOG.error("{}; the version before stays in use, if there is one", problem);
            }
        }
        now.jobs().forEach((name, job) -> {
            Job old = before.jobs().get(name);
            if (old == null) {
                LOG.info("job {} is new; it runs when its gate opens", name);
            } else if (!old.source().sha256().equals(job.source().sha256())) {
                LOG.info("job {} has changed; where it was enabled it must be enabled again", name);
            }
        });
        before.jobs().keySet().stream()
                .filter(name -> !now.jobs().containsKey(name))
                .forEach(name -> LOG.info("job {} is gone; it does not run any more", name));
    }
}
