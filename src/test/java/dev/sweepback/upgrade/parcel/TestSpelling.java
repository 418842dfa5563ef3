package dev.sweepback.upgrade.parcel;

import dev.sweepback.job.Durations;
import dev.sweepback.job.Nearest;
import java.time.Duration;
import java.util.Collection;

final class TestSpelling implements Spelling {

    @Override
    public Duration duration(String text) {
        return Durations.parse(text);
    }

    @Override
    public String hint(String written, Collection<String> known, String otherwise) {
        return Nearest.hint(written, known, otherwise);
    }
}
