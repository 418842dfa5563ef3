package dev.sweepback.schedule;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.gate.GateState;
import dev.sweepback.job.Job;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.Terms;
import dev.sweepback.upgrade.Upgrade;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans and begins jobs whose gate is open, and remembers when one that failed is to be tried again. */
final class NewRuns {

    private static final Logger LOG = LoggerFactory.getLogger(NewRuns.class);

    private final Cleanup cleanup;
    private final JobFiles files;
    private final Attempts attempts;
    private final Settlements settlements;
    private final Turns turns;
    private final UpgradeTurns upgradeTurns;
    private final Clock clock;
    private final Said said = new Said();

    NewRuns(
            Cleanup cleanup,
            JobFiles files,
            Attempts attempts,
            Settlements settlements,
            Turns turns,
            UpgradeTurns upgradeTurns,
            Clock clock) {
        this.cleanup = cleanup;
        this.files = files;
        this.attempts = attempts;
        this.settlements = settlements;
        this.turns = turns;
        this.upgradeTurns = upgradeTurns;
        this.clock = clock;
    }

    /** Checks are waited for beside all others; only what then acts takes a turn. */
    void begin(Job job, Upgrade upgrade) {
        Terms terms = new Terms(job, files.current().policyOf(job), upgrade);
        try {
            GateState gate = cleanup.gate(terms, Purpose.CLEANUP, Work.NOTE);
            if (gate.isOpen()) {
                turns.besideOthers(() -> upgradeTurns
                        .of(upgrade.id())
                        .besideOthers(() -> tell(cleanup.run(terms, Work.NOTE), job, upgrade)));
            } else {
                closed(gate, job, upgrade);
            }
        } catch (RuntimeException e) {
            Instant retryAt = clock.instant().plus(wait(e));
            attempts.failed(job.name(), upgrade.id(), retryAt);
            DaemonLog.failed(Task.run(job.name()), e, "tried again " + nextTry(job, retryAt));
            settlements.soon();
        }
    }

    /** A system that says for how long it takes no requests is not asked before. */
    private static Duration wait(RuntimeException failure) {
        Duration told = failure instanceof ConnectorException unread
                ? unread.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
        return told.compareTo(Attempts.AFTER_FAILURE) > 0 ? told : Attempts.AFTER_FAILURE;
    }

    private void tell(RunAnswer answer, Job job, Upgrade upgrade) {
        if (answer instanceof RunAnswer.Ran ran) {
            said.forget(job.name() + " " + upgrade.id());
            settlements.ended(ran.run());
            DaemonLog.ended(ran.run(), nextTry(job, clock.instant().plus(Attempts.AFTER_RUN)));
            return;
        }
        if (answer instanceof RunAnswer.GateClosed closed) {
            closed(closed.gate(), job, upgrade);
            return;
        }
        if (answer instanceof RunAnswer.NotApproved || answer instanceof RunAnswer.NotConfirmed) {
            waits(answer, job, upgrade);
            return;
        }
        boolean refused = answer instanceof RunAnswer.Refused;
        Instant retryAt = clock.instant().plus(refused ? Attempts.AFTER_RUN : Attempts.AFTER_FAILURE);
        attempts.failed(job.name(), upgrade.id(), retryAt);
        LOG.error(
                "job {}, upgrade {}: {}; nothing was removed, planned again {} or when a file changes",
                job.name(),
                upgrade.id(),
                DaemonLog.reason(answer),
                nextTry(job, retryAt));
    }

    /** What is measured differs each time: it is said again only when something else keeps the gate shut. */
    private void closed(GateState gate, Job job, Upgrade upgrade) {
        Instant retryAt = gate.retryAt().orElseGet(() -> clock.instant().plus(Attempts.AFTER_FAILURE));
        attempts.failed(job.name(), upgrade.id(), retryAt);
        if (said.isNew(job.name() + " " + upgrade.id(), gate.obstacles())) {
            LOG.info(
                    "job {}, upgrade {}: gate {}: {}; asked again {}",
                    job.name(),
                    upgrade.id(),
                    gate.word(),
                    gate.reasons(),
                    job.schedule().isPresent() ? "at its next fire time" : "from " + retryAt + " on");
        }
    }

    /** For people, who are told once. What they say is news, and so is asked for no sooner than the plan is too old. */
    private void waits(RunAnswer answer, Job job, Upgrade upgrade) {
        Instant retryAt = answer instanceof RunAnswer.NotApproved unapproved
                ? unapproved.until().orElseGet(this::tomorrow)
                : tomorrow();
        attempts.failed(job.name(), upgrade.id(), retryAt);
        if (said.isNew(job.name() + " " + upgrade.id(), DaemonLog.reason(answer))) {
            LOG.warn(
                    "job {}, upgrade {} waits for people: {}; nothing was removed",
                    job.name(),
                    upgrade.id(),
                    DaemonLog.reason(answer));
        }
    }

    private Instant tomorrow() {
        return clock.instant().plus(Plan.MAX_AGE);
    }

    private static String nextTry(Job job, Instant retryAt) {
        return job.schedule().isPresent() ? "at its next fire time" : "at " + retryAt.truncatedTo(ChronoUnit.SECONDS);
    }
}
