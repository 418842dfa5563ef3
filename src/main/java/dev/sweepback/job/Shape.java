package dev.sweepback.job;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a file may say at one place. The loader and the published schemas both follow it, so that they cannot drift. */
sealed interface Shape {

    /** A text. */
    record Text(Format format) implements Shape {}

    /** A text that is a positive duration, or zero where that has a sense. */
    record Time(boolean zero) implements Shape {}

    /**
     * One of a few words.
     *
     * @param others how words look that depend on more than the place: a published schema lets them pass, and the loader leaves
     *     them to whoever reads on
     */
    record Word(List<String> words, Optional<Format> others) implements Shape {
        Word(List<String> words) {
            this(words, Optional.empty());
        }
    }

    /** True or false. */
    record Flag() implements Shape {}

    /** Any JSON value: of the system's making, so nothing is known of it. */
    record Any() implements Shape {}

    /** A whole number, both ends included. */
    record Count(int from, int to) implements Shape {}

    /** A list. */
    record Listing(Shape item, boolean filled) implements Shape {}

    /** A mapping from names that the user chooses. */
    record Named(Format names, Shape value) implements Shape {}

    /**
     * A mapping with known keys, and of some of them exactly one.
     *
     * @param others what is under keys that only some workspaces know: a published schema lets it pass, the loader does not
     */
    record Section(List<Key> keys, List<Alternatives> alternatives, Optional<Shape> others) implements Shape {
        public Section {
            keys = List.copyOf(keys);
            alternatives = List.copyOf(alternatives);
        }

        Section(List<Key> keys) {
            this(keys, List.of());
        }

        Section(List<Key> keys, List<Alternatives> alternatives) {
            this(keys, alternatives, Optional.empty());
        }

        /** Whether nothing but one of its keys may be there. */
        boolean isOneChoice() {
            return alternatives.size() == 1 && alternatives.get(0).names().size() == keys.size();
        }

        List<String> names() {
            return keys.stream().filter(Key::supported).map(Key::name).toList();
        }
    }

    /**
     * Names of keys of which exactly one must be there.
     *
     * @param told what each of them tells in its way
     */
    record Alternatives(String told, List<String> names) {
        public Alternatives {
            names = List.copyOf(names);
        }
    }

    /**
     * A mapping whose key {@code type} tells which section it is.
     *
     * @param others how types look that only some workspaces know: a published schema lets them pass, the loader does not
     * @param broken the types whose descriptions have problems of their own
     */
    record Choice(List<Variant> variants, Optional<Format> others, Set<String> broken) implements Shape {
        public Choice {
            variants = List.copyOf(variants);
            broken = Set.copyOf(broken);
        }

        Choice(List<Variant> variants) {
            this(variants, Optional.empty(), Set.of());
        }
    }

    /** One of a {@link Choice}. */
    record Variant(String type, Section section) {}

    /** A key that exists. */
    record Key(String name, boolean required, boolean supported, Shape shape, String description) {

        static Key required(String name, Shape shape, String description) {
            return new Key(name, true, true, shape, description);
        }

        static Key optional(String name, Shape shape, String description) {
            return new Key(name, false, true, shape, description);
        }

        Key notRequired() {
            return new Key(name, false, supported, shape, description);
        }

        /** A key that a later release enforces: refused until then, as it would guard nothing. */
        static Key later(String name) {
            return new Key(name, false, false, new Text(Format.TEXT), "");
        }
    }
}
