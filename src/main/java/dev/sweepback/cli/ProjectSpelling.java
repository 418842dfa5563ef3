package dev.sweepback.cli;

import dev.sweepback.job.Durations;
import dev.sweepback.job.Nearest;
import dev.sweepback.upgrade.parcel.Spelling;
import java.time.Duration;
import java.util.Collection;

/** Manifests are written as job files are. */
final class ProjectSpelling implements Spelling {

    @Override
    public Duration duration(String text) {
        return Durations.parse(text);
    }

    @Override
    public String hint(String written, Collection<String> known, String otherwise) {
        return Nearest.hint(written, known, otherwise);
    }
}
