package dev.sweepback.upgrade.parcel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.semver4j.Semver;
import org.semver4j.range.Range;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/** A range of versions as npm writes it. The library passes over what it cannot read, so that the text is looked at first. */
final class VersionRange {

    private static final String VERSION =
            "v?(\\d{1,9}|[xX*])(\\.(\\d{1,9}|[xX*])){0,2}(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?";
    private static final String COMPARATOR = "(\\^|~>?|[<>]=?|=)?\\s*" + VERSION;
    private static final Pattern ALTERNATIVE =
            Pattern.compile(VERSION + "\\s+-\\s+" + VERSION + "|" + COMPARATOR + "(\\s+" + COMPARATOR + ")*");
    private static final Set<String> ANY = Set.of("*", "x", "latest");

    private final RangeList ranges;

    private VersionRange(RangeList ranges) {
        this.ranges = ranges;
    }

    /** Empty if it cannot be read. */
    static Optional<VersionRange> parse(String text) {
        if (ANY.contains(text.toLowerCase(Locale.ROOT))) {
            return Optional.of(new VersionRange(RangeListFactory.create("*")));
        }
        for (String alternative : text.split("\\|\\|", -1)) {
            if (!ALTERNATIVE.matcher(alternative.strip()).matches()) {
                return Optional.empty();
            }
        }
        RangeList ranges = RangeListFactory.create(text);
        boolean read = !ranges.get().isEmpty() && ranges.get().stream().noneMatch(List::isEmpty);
        return read ? Optional.of(new VersionRange(ranges)) : Optional.empty();
    }

    boolean includes(Semver version) {
        return version.satisfies(ranges);
    }

    /** Why it lets too much in. */
    Optional<String> looseness() {
        List<Integer> majors = new ArrayList<>();
        for (List<Range> alternative : ranges.get()) {
            Optional<Range> upper = alternative.stream()
                    .filter(range -> !range.toString().startsWith(">"))
                    .findFirst();
            if (upper.isEmpty()) {
                return Optional.of("has no upper bound");
            }
            majors.add(lowestMajor(alternative));
            majors.add(highestMajor(upper.get()));
        }
        int from = majors.stream().mapToInt(Integer::intValue).min().orElse(0);
        int to = majors.stream().mapToInt(Integer::intValue).max().orElse(0);
        return from == to ? Optional.empty() : Optional.of("ranges over the major versions " + from + " to " + to);
    }

    /** {@code >=1.0.0 <3.0.0 || =4.0.0} */
    @Override
    public String toString() {
        return ranges.get().stream()
                .map(alternative -> alternative.stream().map(Range::toString).collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" || "));
    }

    private static int lowestMajor(List<Range> alternative) {
        return alternative.stream()
                .filter(range -> !range.toString().startsWith("<"))
                .mapToInt(range -> range.getRangeVersion().getMajor())
                .max()
                .orElse(0);
    }

    private static int highestMajor(Range upper) {
        Semver version = upper.getRangeVersion();
        boolean excluded = upper.toString().startsWith("<") && !upper.toString().startsWith("<=");
        boolean first = version.getMinor() == 0 && version.getPatch() == 0;
        return excluded && first ? Math.max(0, version.getMajor() - 1) : version.getMajor();
    }
}
