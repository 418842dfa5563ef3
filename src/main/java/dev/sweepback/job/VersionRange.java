package dev.sweepback.job;

import java.util.regex.Pattern;
import org.semver4j.Semver;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/** Which semantic versions will do. Pre-releases are in it only where a bound names one of the same version, as npm has it. */
public final class VersionRange {

    /** The library passes over what it does not understand, and would let every version pass: so the form is held first. */
    private static final Pattern FORM;

    static {
        String number = "(0|[1-9]\\d{0,8})";
        String version = number + "(\\." + number + "(\\." + number + "(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?)?)?";
        String bound = "(>=|<=|>|<|=|\\^|~)?" + version;
        String bounds = bound + "( +" + bound + "){0,9}";
        FORM = Pattern.compile(bounds + "( *\\|\\| *" + bounds + "){0,9}");
    }

    private final String text;
    private final RangeList ranges;

    private VersionRange(String text, RangeList ranges) {
        this.text = text;
        this.ranges = ranges;
    }

    /** @throws IllegalArgumentException if it is none */
    public static VersionRange parse(String text) {
        if (text.length() > 200 || !FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + Format.shortened(text) + "' is no range of versions");
        }
        return new VersionRange(text, RangeListFactory.create(text));
    }

    public boolean contains(Semver version) {
        return version.satisfies(ranges);
    }

    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionRange range && range.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
