package dev.sweepback.job;

import dev.sweepback.connector.Catalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings file with the folders {@code connectors}, {@code jobs} and {@code policies} beside it. */
public final class Workspace {

    private static final String ENDING = ".yaml";
    private static final Pattern NAME =
            Pattern.compile("metadata:[\\s{]*(?:[^}\\n]*[,{]\\s*)?name:\\s*[\"']?([A-Za-z0-9][A-Za-z0-9._-]{0,62})");

    private final Function<List<Description>, Catalog> catalogs;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    private Workspace(Function<List<Description>, Catalog> catalogs) {
        this.catalogs = catalogs;
    }

    /**
     * Reads everything; one broken file does not hide the others. Needs no network and resolves no secret.
     *
     * @param catalogs the connectors, with those for these descriptions
     */
    public static Loaded load(
            Path settingsFile, Function<List<Description>, Catalog> catalogs, Cron cron, Clock clock) {
        return new Workspace(catalogs).load(settingsFile, cron, clock);
    }

    private Loaded load(Path settingsFile, Cron cron, Clock clock) {
        Set<String> brokenDescriptions = new TreeSet<>();
        List<Description> descriptions = descriptions(settingsFile.resolveSibling("connectors"), brokenDescriptions);
        Catalog catalog = catalogs.apply(descriptions);
        Optional<Settings> settings =
                settings(settingsFile, catalog, descriptions, brokenDescriptions, clock.instant());
        Set<String> broken = new TreeSet<>();
        Map<String, Policy> policies = policies(settingsFile.resolveSibling("policies"), catalog, settings, broken);
        JobFile.Surroundings around = new JobFile.Surroundings(
                settings,
                List.copyOf(policies.keySet()),
                List.copyOf(broken),
                catalog,
                brokenDescriptions.isEmpty(),
                cron,
                clock.instant());
        Map<String, Job> jobs = new TreeMap<>();
        Set<String> brokenJobs = new TreeSet<>();
        List<Checked> files = checked(settingsFile.resolveSibling("jobs"), Shapes.job(catalog), brokenJobs);
        files.forEach(file -> name(file.node()).ifPresent(brokenJobs::add));
        for (Checked file : unique(files)) {
            read(file, () -> JobFile.read(file.node(), file.source(), around, file.findings()))
                    .ifPresent(job -> {
                        jobs.put(job.name(), job);
                        warnings.addAll(neverInHours(file, job, policies, around));
                    });
        }
        brokenJobs.removeAll(jobs.keySet());
        return new Loaded(settings, jobs, policies, problems.stream().sorted().toList(), warnings, brokenJobs);
    }

    /** Reads a file of the right structure further; what is wrong with it is kept. */
    private <T> Optional<T> read(Checked file, Supplier<Optional<T>> reading) {
        Optional<T> read = guarded(file.findings(), reading);
        problems.addAll(file.findings().list());
        warnings.addAll(file.findings().warnings());
        return file.findings().none() ? read : Optional.empty();
    }

    /** A mistake of this program becomes a problem of the file, so that it hides no other file. */
    private static <T> Optional<T> guarded(Findings findings, Supplier<Optional<T>> reading) {
        try {
            return reading.get();
        } catch (RuntimeException e) {
            // its message may quote what must not be shown
            findings.add(
                    Place.WHOLE,
                    "the file cannot be read: an unexpected " + e.getClass().getSimpleName() + origin(e),
                    "a file that this release can read",
                    "please report it with the file; the other files are not concerned");
            return Optional.empty();
        }
    }

    private static String origin(RuntimeException error) {
        return Stream.of(error.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.sweepback."))
                .findFirst()
                .map(frame -> " in " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }

    private Optional<Settings> settings(
            Path path, Catalog catalog, List<Description> descriptions, Set<String> brokenDescriptions, Instant now) {
        Set<String> brokenTypes = brokenDescriptions.stream()
                .map(name -> Description.PREFIX + name)
                .collect(Collectors.toSet());
        return check(path, Shapes.settings(catalog, brokenTypes), new TreeSet<>())
                .flatMap(file -> read(file, () -> Optional.of(settings(file, catalog, descriptions, now))));
    }

    private static Settings settings(Checked file, Catalog catalog, List<Description> descriptions, Instant now) {
        Settings settings = SettingsFile.read(file.node(), file.source(), catalog, descriptions, file.findings());
        if (file.findings().none()) {
            Freezes.warnOfPast(Values.of(file.node()), settings.freezes(), now, file.findings());
        }
        return settings;
    }

    private List<Description> descriptions(Path folder, Set<String> broken) {
        List<Description> descriptions = new ArrayList<>();
        List<Checked> files = checked(folder, DescriptionShapes.file(), broken);
        List<Checked> unique = unique(files);
        for (Checked file : files) {
            Optional<Description> description =
                    read(file, () -> DescriptionFile.read(file.node(), file.source(), file.findings()));
            if (description.isPresent() && unique.contains(file)) {
                descriptions.add(description.get());
            } else {
                name(file.node()).ifPresent(broken::add);
            }
        }
        return descriptions;
    }

    private Map<String, Policy> policies(
            Path folder, Catalog catalog, Optional<Settings> settings, Set<String> broken) {
        Map<String, Policy> policies = new TreeMap<>();
        List<Checked> files = checked(folder, Shapes.policy(catalog), broken);
        List<Checked> unique = unique(files);
        for (Checked file : files) {
            Optional<Policy> policy = read(file, () -> {
                Policy made = PolicyFile.read(file.node(), file.source(), catalog, file.findings());
                settings.ifPresent(known -> PolicyPeople.check(file.node(), made, known, file.findings()));
                return Optional.of(made);
            });
            settings.ifPresent(known -> warnings.addAll(strangers(file, known)));
            if (policy.isPresent() && unique.contains(file)) {
                policies.put(policy.get().name(), policy.get());
            } else {
                name(file.node()).ifPresent(broken::add);
            }
        }
        return policies;
    }

    private static List<Problem> neverInHours(
            Checked file, Job job, Map<String, Policy> policies, JobFile.Surroundings around) {
        Findings findings = new Findings(file.source().path());
        Optional<Policy> policy = job.policy().map(policies::get);
        job.schedule()
                .ifPresent(schedule -> policy.ifPresent(known -> FiresInHours.check(
                        Values.of(file.node()), schedule, known, around.cron(), around.now(), findings)));
        return findings.warnings();
    }

    private static List<Problem> strangers(Checked policy, Settings settings) {
        Findings findings = new Findings(policy.source().path());
        AllowSection.warnOfStrangers(Values.of(policy.node()).section("spec"), settings, findings);
        return findings.warnings();
    }

    /** @param broken gets the names of those that have problems, as far as they can be read */
    private List<Checked> checked(Path folder, Shape shape, Set<String> broken) {
        List<Checked> files = new ArrayList<>();
        for (Path path : list(folder)) {
            check(path, shape, broken).ifPresent(files::add);
        }
        return files;
    }

    private Optional<Checked> check(Path path, Shape shape, Set<String> broken) {
        Findings findings = new Findings(path);
        Optional<String> text = YamlText.read(path, findings);
        Optional<Node> node = text.flatMap(readable -> guarded(findings, () -> YamlReader.read(readable, findings)));
        guarded(findings, () -> {
            node.ifPresent(found -> Structure.check(found, shape, findings));
            return node;
        });
        if (node.isPresent() && findings.none()) {
            return Optional.of(new Checked(node.get(), Source.of(path, text.orElse("")), findings));
        }
        broken.add(node.flatMap(Workspace::name)
                .or(() -> text.flatMap(Workspace::nameIn))
                .orElseGet(() -> nameOf(path)));
        problems.addAll(findings.list());
        return Optional.empty();
    }

    /** Most files have the name of what is in them. */
    private static String nameOf(Path path) {
        String file = String.valueOf(path.getFileName());
        return file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : file;
    }

    /** As far as it can be told of a text that is no YAML. */
    private static Optional<String> nameIn(String text) {
        Matcher matcher = NAME.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Without those that share a name: which of them is meant is for a person to say. */
    private List<Checked> unique(List<Checked> files) {
        Map<String, Checked> first = new TreeMap<>();
        Set<String> twice = new TreeSet<>();
        for (Checked file : files) {
            Values metadata = Values.of(file.node()).section("metadata");
            Checked earlier = first.putIfAbsent(metadata.text("name"), file);
            if (earlier != null) {
                twice.add(metadata.text("name"));
                Findings findings = new Findings(file.source().path());
                findings.add(
                        metadata.place("name"),
                        "the name '" + metadata.text("name") + "' is also in "
                                + earlier.source().path(),
                        "a name that is unique in the folder",
                        "rename one; neither is used until then");
                problems.addAll(findings.list());
            }
        }
        return files.stream()
                .filter(file -> !twice.contains(name(file.node()).orElse("")))
                .toList();
    }

    private static Optional<String> name(Node node) {
        return node instanceof Node.Mapping file
                        && file.get("metadata").orElse(null) instanceof Node.Mapping metadata
                        && metadata.get("name").orElse(null) instanceof Node.Scalar name
                ? Optional.of(name.text())
                : Optional.empty();
    }

    private List<Path> list(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        if (!Files.isDirectory(folder)) {
            problems.add(new Problem(folder, 1, 1, "no folder", "a folder of YAML files", "rename the file"));
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path path : files.sorted().toList()) {
                String name = String.valueOf(path.getFileName());
                String lower = name.toLowerCase(Locale.ROOT);
                if (name.endsWith(ENDING)) {
                    found.add(path);
                } else if (lower.endsWith(".yml") || lower.endsWith(ENDING)) {
                    problems.add(new Problem(
                            path, 1, 1, "the file is not read", "a name that ends in " + ENDING, "rename it"));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            problems.add(new Problem(
                    folder, 1, 1, "the folder cannot be read", "a readable folder", "check its permissions"));
        }
        return found;
    }

    /** A file of the right structure, not yet read further. */
    private record Checked(Node node, Source source, Findings findings) {}
}
