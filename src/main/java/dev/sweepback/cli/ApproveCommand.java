package dev.sweepback.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        description = {
            "Give your word for one plan, as its policy asks for: for this very plan, once, and for a time.",
            "Whose word counts is said by `actors` in the settings; it is never that of who made the plan."
        })
final class ApproveCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Mixin
    Consent consent = new Consent("see the plan with `sweepback audit list --type plan.made`");

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; recorded.")
    String reason = "";

    @Option(names = "--ticket", paramLabel = "ID", description = "Under which ticket; recorded.")
    Optional<String> ticket = Optional.empty();

    @Parameters(paramLabel = "PLAN", description = "Which plan; its first four characters will do.")
    String plan = "";

    ApproveCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        PlanWord word = new PlanWord("approve", plan, PlanWord.note(outside, reason, ticket), outside);
        word.say(common, consent, word::approve);
        return ExitCode.DONE.number();
    }
}
