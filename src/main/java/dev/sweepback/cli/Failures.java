package dev.sweepback.cli;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.gate.ApprovalRefused;
import dev.sweepback.gate.GateState;
import dev.sweepback.journal.ActingLock;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.PlanAlreadyRun;
import dev.sweepback.plan.Refusal;
import dev.sweepback.plan.UnknownConnection;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.undo.UndoRefused;
import dev.sweepback.upgrade.UpgradeRefused;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The one place where what went wrong becomes an exit code and a message. */
final class Failures {

    private Failures() {}

    /** @return the exit code */
    static int report(Throwable error, Console console) {
        Failure failure = of(error);
        print(failure.code(), String.valueOf(failure.getMessage()), failure.where(), failure.remedy(), console);
        if (console.debug()) {
            error.printStackTrace(console.err());
        }
        return failure.exit().number();
    }

    /** @return the exit code */
    static int usage(ParameterException error, Console console) {
        String command = error.getCommandLine().getCommandSpec().qualifiedName();
        List<String> meant =
                error instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String remedy = (meant.isEmpty() ? "" : "did you mean " + meant.get(0) + "? ") + "see `" + command + " --help`";
        print("usage", Misuse.what(error), command, remedy, console);
        return ExitCode.USAGE.number();
    }

    private static void print(String code, String what, String where, String remedy, Console console) {
        if (!console.isTable()) {
            ObjectNode node = JsonMapper.shared().createObjectNode();
            node.putObject("error")
                    .put("code", code)
                    .put("what", console.complete(what))
                    .put("where", where)
                    .put("remedy", console.complete(remedy));
            console.data(node);
            return;
        }
        console.say("sweepback: " + what);
        if (!where.isEmpty()) {
            console.say("  where:  " + where);
        }
        if (!remedy.isEmpty()) {
            console.say("  remedy: " + remedy);
        }
    }

    private static Failure of(Throwable error) {
        if (error instanceof Failure failure) {
            return failure;
        }
        if (error instanceof ConnectorException failed) {
            return failure(word(failed.kind()), failed, place(failed), failed.remedy());
        }
        if (error instanceof ActingLock.Held held) {
            return failure(
                    "locked",
                    held,
                    held.holder(),
                    "wait until it has ended, or stop it: a daemon (serve) is stopped, then this is done, then it is started again; plan, status, audit, enable and pause work beside it");
        }
        if (error instanceof PlanAlreadyRun used) {
            return new Failure(ExitCode.STALE, "stale", message(used), "plan " + used.plan(), "make a new plan");
        }
        if (error instanceof JournalException journal) {
            return failure("journal", journal, "", "");
        }
        if (error instanceof UpgradeRefused refused) {
            return failure("upgrade-refused", refused, "", refused.remedy());
        }
        if (error instanceof ApprovalRefused refused) {
            return approval(refused);
        }
        if (error instanceof UndoRefused refused) {
            return new Failure(ExitCode.CONFLICT, "undo-refused", message(refused), "", refused.remedy());
        }
        if (error instanceof UnknownConnection unknown) {
            return usage("unknown-connection", message(unknown), "", unknown.remedy());
        }
        if (error instanceof UncheckedIOException io) {
            return failure("io", io, "", "check that the place exists and may be written");
        }
        return new Failure(
                ExitCode.FAILURE,
                "unexpected",
                "an unexpected error: " + error.getClass().getSimpleName(),
                origin(error),
                "run it again with --debug and report what it shows; `sweepback status` says whether anything is open");
    }

    private static Failure failure(String code, RuntimeException error, String where, String remedy) {
        return new Failure(ExitCode.FAILURE, code, message(error), where, remedy);
    }

    /** Wrong usage that only shows once files or journal are read. */
    static Failure usage(String code, String what, String where, String remedy) {
        return new Failure(ExitCode.USAGE, code, what, where, remedy);
    }

    static Failure gateClosed(String job, String upgrade, GateState gate) {
        return new Failure(
                ExitCode.GATE_CLOSED,
                "gate-closed",
                "the gate is closed: " + gate.reasons(),
                "job " + job + ", upgrade " + upgrade,
                gate.retryAt().map(at -> "try again at " + at).orElse("see `sweepback gate " + job + "`"));
    }

    static Failure refused(String job, List<Refusal> refusals) {
        return new Failure(
                ExitCode.REFUSED,
                "refused",
                "a guardrail refuses the plan: "
                        + refusals.stream().map(Refusal::what).collect(Collectors.joining("; ")),
                "job " + job,
                refusals.stream().map(Refusal::remedy).distinct().collect(Collectors.joining("; ")));
    }

    private static Failure approval(ApprovalRefused refused) {
        String what = message(refused);
        return switch (refused.kind()) {
            case NOT_NEEDED -> new Failure(ExitCode.FAILURE, "no-approval-needed", what, "", refused.remedy());
            case NOT_ALLOWED -> new Failure(ExitCode.FAILURE, "approval-not-allowed", what, "", refused.remedy());
            case TWICE -> new Failure(ExitCode.FAILURE, "approved-already", what, "", refused.remedy());
            case REFUSED -> new Failure(ExitCode.REFUSED, "refused", what, "", refused.remedy());
            case STALE -> new Failure(ExitCode.STALE, "stale", what, "", refused.remedy());
        };
    }

    static Failure notApproved(String job, RunAnswer.NotApproved answer) {
        return new Failure(
                ExitCode.STALE,
                "not-approved",
                answer.reason(),
                "plan " + answer.plan() + ", job " + job,
                answer.remedy());
    }

    static Failure notConfirmed(String job, String reason, String remedy) {
        return new Failure(ExitCode.REFUSED, "not-confirmed", reason, "job " + job, remedy);
    }

    static Failure stale(String job, String reason) {
        return new Failure(ExitCode.STALE, "stale", reason, "job " + job, "make a new plan: sweepback plan " + job);
    }

    private static String place(ConnectorException error) {
        return error.connection().isEmpty() ? "" : "connection " + error.connection();
    }

    private static String word(ConnectorException.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String message(RuntimeException error) {
        return String.valueOf(error.getMessage());
    }

    // The message of a foreign exception may quote what must not be shown; the place in the program never does.
    private static String origin(Throwable error) {
        for (StackTraceElement element : error.getStackTrace()) {
            if (element.getClassName().startsWith("dev.sweepback.")) {
                return element.toString();
            }
        }
        return "";
    }
}
