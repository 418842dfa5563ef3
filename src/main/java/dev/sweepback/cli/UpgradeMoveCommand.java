package dev.sweepback.cli;

import dev.sweepback.job.Loaded;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.Upgrades;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One move in the life of an upgrade. */
class UpgradeMoveCommand implements Callable<Integer> {

    private final Outside outside;
    private final Move move;

    @Mixin
    Common common = new Common();

    @Mixin
    Why why = new Why();

    @Parameters(paramLabel = "ID", description = "Which upgrade.")
    String id = "";

    @Option(names = "--at", paramLabel = "TIME", description = "When it happened, if before now.")
    Optional<Instant> at = Optional.empty();

    private UpgradeMoveCommand(Outside outside, Move move) {
        this.outside = outside;
        this.move = move;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        Loaded files = common.files(outside, console);
        try (Wiring wiring = common.open(files, outside)) {
            Upgrade known = Jobs.upgrade(wiring.journal(), id);
            Upgrade moved = new Upgrades(wiring.journal(), outside.clock()).move(known.id(), move, at, why.note());
            UpgradeText.print(moved, console);
            if (move == Move.COMPLETE) {
                WindowAdvice.onCompletion(moved, console);
            }
            if (move == Move.START || move == Move.COMPLETE) {
                StatedAdvice.say(moved, files, console);
            }
        }
        return ExitCode.DONE.number();
    }

    @Command(name = "start", description = "Say that it has begun.")
    static final class Start extends UpgradeMoveCommand {
        Start(Outside outside) {
            super(outside, Move.START);
        }
    }

    @Command(name = "complete", description = "Say that it has succeeded; the soak begins.")
    static final class Complete extends UpgradeMoveCommand {
        Complete(Outside outside) {
            super(outside, Move.COMPLETE);
        }
    }

    @Command(name = "fail", description = "Say that it has failed; nothing is removed.")
    static final class Fail extends UpgradeMoveCommand {
        Fail(Outside outside) {
            super(outside, Move.FAIL);
        }
    }
}
