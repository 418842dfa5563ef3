package dev.sweepback.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects the problems of one file, and the warnings, which do not keep it from being used. */
final class Findings {

    private final Path path;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    Findings(Path path) {
        this.path = path;
    }

    void add(Place place, String what, String expected, String hint) {
        problems.add(new Problem(path, place.line(), place.column(), what, expected, hint));
    }

    void warn(Place place, String what, String expected, String hint) {
        warnings.add(new Problem(path, place.line(), place.column(), what, expected, hint));
    }

    List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    boolean none() {
        return problems.isEmpty();
    }

    List<Problem> list() {
        return problems.stream().sorted().toList();
    }
}
