package dev.sweepback.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the checks of a job of the part of its file that tells them. */
final class CheckFile {

    private static final int MOST = 50;
    private static final int LONGEST_NAME = 100;
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);

    private final SubjectFile subjects;
    private final Findings findings;

    CheckFile(SubjectFile subjects, Findings findings) {
        this.subjects = subjects;
        this.findings = findings;
    }

    /** Those that can be used; what is wrong with the others is among the findings. */
    List<Check> read(Values spec) {
        List<Node> items = spec.items("checks");
        if (items.size() > MOST) {
            findings.add(
                    spec.place("checks"),
                    "there are " + items.size() + " checks",
                    "at most " + MOST,
                    "ask for less, or for several things by one query");
        }
        List<Check> checks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node item : items) {
            Values check = Values.of(item);
            name(check, names);
            one(check).ifPresent(checks::add);
        }
        return checks;
    }

    private void name(Values check, Set<String> names) {
        String name = check.text("name");
        if (name.length() > LONGEST_NAME) {
            findings.add(
                    check.place("name"),
                    "the name of a check is " + name.length() + " characters long",
                    "at most " + LONGEST_NAME,
                    "shorten it");
        }
        if (!names.add(name)) {
            findings.add(
                    check.place("name"),
                    "the check '" + Format.shortened(name) + "' is there twice",
                    "a name that is unique in the job",
                    "rename one of them");
        }
    }

    private Optional<Check> one(Values check) {
        Duration timeout = check.duration("timeout", Duration.ofSeconds(10));
        Duration interval = check.duration("interval", Duration.ofSeconds(30));
        within(check, "timeout", timeout, Duration.ofMillis(1), LONGEST_TIMEOUT);
        within(check, "interval", interval, SHORTEST_INTERVAL, LONGEST_INTERVAL);
        boolean fails = check.find("onNoData").filter("fail"::equals).isPresent();
        return subjects.read(check)
                .map(subject -> new Check(
                        check.text("name"),
                        subject,
                        timeout,
                        interval,
                        check.number("consecutive", 1),
                        fails ? Check.OnNoData.FAIL : Check.OnNoData.HOLD,
                        maxWait(check)));
    }

    private void within(Values check, String key, Duration given, Duration shortest, Duration longest) {
        if (given.compareTo(shortest) < 0 || given.compareTo(longest) > 0) {
            findings.add(
                    check.place(key),
                    "'" + key + "' is " + Durations.print(given),
                    (shortest.toSeconds() > 0 ? Durations.print(shortest) + " to " : "at most ")
                            + Durations.print(longest),
                    "correct it");
        }
    }

    private static Optional<Check.MaxWait> maxWait(Values check) {
        if (!check.has("maxWait")) {
            return Optional.empty();
        }
        Values maxWait = check.section("maxWait");
        return Optional.of(new Check.MaxWait(
                maxWait.duration("time", Duration.ZERO),
                maxWait.text("then").equals("fail") ? Check.MaxWait.Outcome.FAIL : Check.MaxWait.Outcome.GIVE_UP));
    }
}
