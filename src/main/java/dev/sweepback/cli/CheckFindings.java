package dev.sweepback.cli;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.gate.Evidence;
import dev.sweepback.gate.Measured;
import dev.sweepback.gate.Measures;
import dev.sweepback.job.Check;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.VersionSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the checks of the jobs answer, each asked once. One that has no data is a problem: it would hold its job for ever. */
final class CheckFindings {

    private CheckFindings() {}

    static List<Finding> of(Loaded files, Measures measures) {
        List<Finding> findings = new ArrayList<>();
        for (Job job : files.jobs().values()) {
            for (Check check : job.checks()) {
                findings.add(of("check '" + check.name() + "' of job " + job.name(), check, measures));
            }
        }
        return findings;
    }

    private static Finding of(String subject, Check check, Measures measures) {
        boolean needsUpgrade = check.subject() instanceof VersionSubject version
                && version.range().isEmpty();
        if (needsUpgrade) {
            return Finding.ok(
                    subject, "not asked: it is held against the version of an upgrade; see `sweepback gate JOB`");
        }
        Measured measured = ask(check, measures);
        if (measured instanceof Measured.Good good) {
            return Finding.ok(subject, "good: " + good.evidence());
        }
        if (measured instanceof Measured.Bad bad) {
            return Finding.warning(
                    subject,
                    "answers, and keeps the gate shut: " + bad.reason(),
                    "none if that is how things are; else correct what is asked");
        }
        return Finding.problem(
                subject,
                "no data: " + Evidence.of(((Measured.NoData) measured).reason()),
                "see that it can be asked from here: " + check.subject().text());
    }

    private static Measured ask(Check check, Measures measures) {
        try {
            return measures.ask(check, Optional.empty());
        } catch (ConnectorException e) {
            return new Measured.NoData(e.getMessage() + "; " + e.remedy());
        }
    }
}
