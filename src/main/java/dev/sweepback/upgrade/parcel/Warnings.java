package dev.sweepback.upgrade.parcel;

import dev.sweepback.upgrade.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.semver4j.Semver;

/** Finds what speaks against a package without forbidding it. */
final class Warnings {

    private static final Duration OLD = Duration.ofDays(365);
    private static final int MOST_EVIDENCE = 5;

    private Warnings() {}

    static List<Warning> of(Manifest manifest, Archive archive) {
        List<Warning> warnings = new ArrayList<>();
        oldFiles(manifest, archive).ifPresent(warnings::add);
        for (NamedVersion dependency : manifest.dependencies()) {
            dependency(dependency, manifest.compatible(), warnings);
        }
        return warnings;
    }

    private static Optional<Warning> oldFiles(Manifest manifest, Archive archive) {
        Instant limit = manifest.date().minus(OLD);
        List<String> old = new ArrayList<>();
        for (ListedFile file : manifest.files()) {
            archive.file(file.path())
                    .flatMap(Member::modified)
                    .filter(time -> time.isBefore(limit))
                    .ifPresent(time -> old.add(file.path() + " of " + time));
        }
        return old.isEmpty()
                ? Optional.empty()
                : Optional.of(new Warning(
                        "old-files",
                        old.size() + " of " + manifest.files().size()
                                + " files are more than a year older than the manifest (" + manifest.date()
                                + "): do they belong to this version?",
                        old.subList(0, Math.min(MOST_EVIDENCE, old.size()))));
    }

    private static void dependency(NamedVersion dependency, List<NamedVersion> compatible, List<Warning> warnings) {
        String what = "the dependency " + dependency.name() + " " + dependency.version();
        List<String> tested = compatible.stream()
                .filter(other -> other.name().equals(dependency.name()))
                .map(NamedVersion::version)
                .toList();
        Optional<VersionRange> range = VersionRange.parse(dependency.version());
        if (range.isEmpty()) {
            warnings.add(new Warning(
                    "unreadable-dependency",
                    what + " is no range of versions: how loose it is cannot be told",
                    List.of()));
        }
        range.flatMap(VersionRange::looseness)
                .ifPresent(looseness -> warnings.add(new Warning(
                        "loose-dependency",
                        what + " is loose, it " + looseness + ": a version that nobody has tried may come with it",
                        List.of("read as " + range.get()))));
        if (tested.isEmpty()) {
            warnings.add(new Warning(
                    "untested-dependency",
                    what + " is not among what the package was tested together with",
                    compatible.stream()
                            .map(other -> other.name() + " " + other.version())
                            .limit(MOST_EVIDENCE)
                            .toList()));
        } else if (range.isPresent() && tested.stream().noneMatch(version -> includes(range.get(), version))) {
            warnings.add(new Warning(
                    "untested-dependency",
                    what + " does not include the version it was tested with",
                    tested.stream().limit(MOST_EVIDENCE).toList()));
        }
    }

    private static boolean includes(VersionRange range, String version) {
        Semver read = Semver.parse(version);
        return read != null && range.includes(read);
    }

    /** The buffer is for the unexpected, so it does not count. */
    static Optional<Warning> downtime(Manifest manifest, Window window) {
        Duration agreed = Duration.between(window.start(), window.end());
        return manifest.downtime()
                .filter(downtime -> downtime.compareTo(agreed) > 0)
                .map(downtime -> new Warning(
                        "long-downtime",
                        "the system may be away longer than the agreed window is",
                        List.of("downtime " + downtime, "window " + window.start() + "/" + window.end())));
    }
}
