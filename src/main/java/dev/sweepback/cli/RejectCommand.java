package dev.sweepback.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reject",
        description = {
            "Say no to one plan that waits for approvals, or has them and was not used yet. That is final for this plan.",
            "Who may approve may reject; who made the plan may withdraw it so."
        })
final class RejectCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Mixin
    Consent consent = new Consent("see the plan with `sweepback audit list --type plan.made`");

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why; recorded, and shown to who wanted to carry it out.")
    String reason = "";

    @Option(names = "--ticket", paramLabel = "ID", description = "Under which ticket; recorded.")
    Optional<String> ticket = Optional.empty();

    @Parameters(paramLabel = "PLAN", description = "Which plan; its first four characters will do.")
    String plan = "";

    RejectCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        PlanWord word = new PlanWord("reject", plan, PlanWord.note(outside, reason, ticket), outside);
        word.say(common, consent, word::reject);
        return ExitCode.DONE.number();
    }
}
