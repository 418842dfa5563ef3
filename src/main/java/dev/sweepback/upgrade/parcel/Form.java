package dev.sweepback.upgrade.parcel;

import java.util.List;
import java.util.regex.Pattern;

/** How a value of a manifest must look. */
sealed interface Form {

    /**
     * @param pattern in the dialect that Java and ECMAScript share
     * @param expected for a message
     */
    record Text(Pattern pattern, int longest, String expected) implements Form {}

    record Word(List<String> words) implements Form {
        public Word {
            words = List.copyOf(words);
        }
    }

    record Count(long from, long to) implements Form {}

    record Listing(Form item, int fewest, int most) implements Form {}

    record Section(List<Key> keys) implements Form {
        public Section {
            keys = List.copyOf(keys);
        }
    }

    /** A key of a section. */
    record Key(String name, Form form, boolean required, String description) {}
}
