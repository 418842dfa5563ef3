package dev.sweepback.upgrade.parcel;

import java.time.Duration;
import java.util.Collection;

/** How the project's files are written; from outside, as this package knows none of them but the manifest. */
public interface Spelling {

    /** @throws IllegalArgumentException if it is none */
    Duration duration(String text);

    /** {@code did you mean 'x'?}, or else the other text. */
    String hint(String written, Collection<String> known, String otherwise);
}
