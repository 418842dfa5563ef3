package dev.sweepback.cli;

import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Plan;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.RunJson;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What became of a wish to run, as output and exit code. */
final class Answers {

    private Answers() {}

    /** The run, or the reason why there is none. */
    static Run run(RunAnswer answer, Plan plan) {
        if (answer instanceof RunAnswer.Ran ran) {
            return ran.run();
        }
        if (answer instanceof RunAnswer.GateClosed closed) {
            throw Failures.gateClosed(
                    plan.job(), plan.upgrade().map(Object::toString).orElse(""), closed.gate());
        }
        if (answer instanceof RunAnswer.Refused refused) {
            throw Failures.refused(plan.job(), refused.refusals());
        }
        if (answer instanceof RunAnswer.NotApproved unapproved) {
            throw Failures.notApproved(plan.job(), unapproved);
        }
        if (answer instanceof RunAnswer.NotConfirmed unconfirmed) {
            throw Failures.notConfirmed(plan.job(), unconfirmed.reason(), unconfirmed.remedy());
        }
        throw Failures.stale(plan.job(), ((RunAnswer.Stale) answer).reason());
    }

    /** Says what became of those that were to be gone on with; those that could not be stay as they are. */
    static List<Run> resumed(List<RunAnswer> answers, Console console) {
        List<Run> runs = new ArrayList<>();
        for (RunAnswer answer : answers) {
            if (answer instanceof RunAnswer.Ran ran) {
                console.say(resumed(ran.run()));
                runs.add(ran.run());
            } else if (answer instanceof RunAnswer.GateClosed closed) {
                console.say("a run stays paused: " + closed.gate().reasons());
            } else if (answer instanceof RunAnswer.Stale stale) {
                console.say(stale.reason());
            }
        }
        return runs;
    }

    /** One that is stopped may not have been gone on with at all: the reason says it. */
    private static String resumed(Run run) {
        String which = "run " + run.id() + " (" + run.purpose() + "), which had been interrupted";
        return run.state() == RunState.STOPPED
                ? which + ", was stopped: " + run.reason().orElse("")
                : "went on with " + which + ": " + run.state().word();
    }

    /** With what was taken back of it by itself, as a check has failed. */
    private static ObjectNode toJson(Run run, Acting acting) {
        ObjectNode node = RunJson.toJson(run);
        List<Run> undos = acting.backOuts(run);
        if (!undos.isEmpty()) {
            ArrayNode array = node.putArray("backOut");
            undos.forEach(undo -> array.add(RunJson.toJson(undo)));
        }
        return node;
    }

    /** @return the exit code: the weightiest of all runs */
    static int print(List<Run> runs, boolean many, Acting acting, Common common, Console console) {
        if (console.isTable()) {
            runs.forEach(run -> {
                console.lines(RunText.lines(run, common));
                acting.backOuts(run).forEach(undo -> console.lines(RunText.lines(undo, common)));
            });
        } else if (many) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            runs.forEach(run -> array.add(toJson(run, acting)));
            console.data(array);
        } else {
            runs.forEach(run -> console.data(toJson(run, acting)));
        }
        return runs.stream()
                .flatMap(run -> Stream.concat(Stream.of(run), acting.backOuts(run).stream()))
                .mapToInt(run -> RunText.exit(run, acting.stopped()).number())
                .max()
                .orElse(ExitCode.DONE.number());
    }
}
