package dev.sweepback.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects the problems of one file. */
final class Findings {

    private final Path path;
    private final List<Problem> problems = new ArrayList<>();

    Findings(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    void add(Place place, String what, String expected, String hint) {
        problems.add(new Problem(path, place.line(), place.column(), what, expected, hint));
    }

    boolean none() {
        return problems.isEmpty();
    }

    List<Problem> list() {
        return problems.stream().sorted().toList();
    }
}
