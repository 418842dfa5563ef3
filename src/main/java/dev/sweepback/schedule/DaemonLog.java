package dev.sweepback.schedule;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Run;
import dev.sweepback.run.ResumeAt;
import dev.sweepback.run.RunAnswer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the daemon says of its work: what happened, and what it does next. */
final class DaemonLog {

    private static final Logger LOG = LoggerFactory.getLogger(DaemonLog.class);

    private DaemonLog() {}

    static void failed(Task task, RuntimeException error, String next) {
        String what = switch (task.kind()) {
            case SETTLE -> "recovery";
            case TRIPWIRE -> "tripwire";
            case BACK_OUT -> "watch";
            case ROLL_BACK -> "roll-back";
            case RUN, DUE -> "job " + task.job();
        };
        if (error instanceof ConnectorException connector) {
            LOG.error("{}: {}; {}; {}", what, connector.getMessage(), connector.remedy(), next);
        } else if (error instanceof JournalException) {
            LOG.error("{}: {}; {}", what, error.getMessage(), next);
        } else {
            LOG.error("{}: {}; {}", what, error.getMessage(), next, error);
        }
    }

    static String reason(RunAnswer answer) {
        if (answer instanceof RunAnswer.Refused refused) {
            return refused.refusals().stream()
                    .map(refusal -> "the policy refuses the plan: " + refusal.what() + ": " + refusal.remedy())
                    .collect(Collectors.joining("; "));
        }
        if (answer instanceof RunAnswer.GateClosed closed) {
            return "gate closed: " + closed.gate().reasons();
        }
        if (answer instanceof RunAnswer.NotApproved waits) {
            return waits.reason() + ": " + waits.remedy();
        }
        if (answer instanceof RunAnswer.NotConfirmed waits) {
            return waits.reason() + ": " + waits.remedy();
        }
        return answer instanceof RunAnswer.Stale stale ? stale.reason() : "done";
    }

    /** When a paused run is gone on with. */
    static String goneOnWith(Run run) {
        return ResumeAt.of(run).map(until -> "at " + until.instant()).orElse("once nothing keeps it from going on");
    }

    static void ended(Run run, String next) {
        switch (run.state()) {
            case SUCCEEDED, UNDONE -> {
                // said by the run itself
            }
            case PAUSED, RUNNING ->
                LOG.info(
                        "run {} of job {} is paused: {}; gone on with {}",
                        run.id(),
                        run.job(),
                        run.reason().orElse(""),
                        goneOnWith(run));
            case STOPPED, PARTIAL, FAILED, REFUSED, UNSETTLED ->
                LOG.error(
                        "run {} of job {} ended {}{}; tried again {}",
                        run.id(),
                        run.job(),
                        run.state().word(),
                        run.reason().map(reason -> ": " + reason).orElse(""),
                        next);
        }
    }
}
