package dev.sweepback.cli;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.job.Durations;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The command line as a function: arguments and the outside in, an exit code out. */
public final class Cli {

    private static final char UNREADABLE = '\uFFFD';

    private Cli() {}

    /** Never throws for what a user or another system did wrong; never ends the process. */
    public static int run(String[] args, Outside outside) {
        int exit = answer(args, outside, Console.of(args, outside));
        outside.err().flush();
        return Delivery.of(outside.out()).exit(exit, outside.err());
    }

    private static int answer(String[] args, Outside outside, Console console) {
        try {
            refuseUnreadable(args);
            return line(outside)
                    .setParameterExceptionHandler((error, unused) -> Failures.usage(error, console))
                    .setExecutionExceptionHandler((error, command, parsed) -> Failures.report(
                            error,
                            Common.of(command.getCommandSpec())
                                    .map(common -> common.console(outside))
                                    .orElse(console)))
                    .execute(args);
        } catch (Failure | StackOverflowError | OutOfMemoryError error) {
            return Failures.report(error, console);
        }
    }

    /** Java puts a sign in place of what it cannot read in the locale: recorded, a reason would be garbage for good. */
    private static void refuseUnreadable(String[] args) {
        for (String arg : args) {
            if (arg.indexOf(UNREADABLE) >= 0) {
                throw Failures.usage(
                        "unreadable-text",
                        "an argument has characters that cannot be read in this locale",
                        arg,
                        "set LC_ALL=C.UTF-8, or another UTF-8 locale that this machine has");
            }
        }
    }

    /** The one explicit list of commands, in the order of the help. */
    private static List<Object> commands(Outside outside) {
        return List.of(
                new InitCommand(outside),
                new ValidateCommand(outside),
                new SchemaCommand(outside),
                new ConnectorsCommand(outside),
                new DoctorCommand(outside),
                new UpgradeCommand(outside),
                new EnableCommand(outside),
                new PauseCommand(outside),
                new GateCommand(outside),
                new PlanCommand(outside),
                new RunCommand(outside),
                new UndoCommand(outside),
                new ApproveCommand(outside),
                new RejectCommand(outside),
                new KeepCommand(outside),
                new StatusCommand(outside),
                new HistoryCommand(outside),
                new ExplainCommand(outside),
                new AuditCommand(outside),
                new CompletionCommand(outside),
                new ServeCommand(outside),
                new DemoCommand(outside),
                new VersionCommand(outside));
    }

    static CommandLine line(Outside outside) {
        CommandLine line = new CommandLine(new Root());
        commands(outside).forEach(command -> {
            CommandLine added = new CommandLine(command);
            if (command instanceof Group group) {
                group.commands().forEach(added::addSubcommand);
            }
            line.addSubcommand(added);
        });
        Why.typedBy(outside.actor(), line.getCommandSpec());
        return line.setOut(new PrintWriter(outside.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(outside.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(110)
                .registerConverter(Duration.class, explained(Durations::parse))
                .registerConverter(Console.Format.class, explained(Console.Format::parse))
                .registerConverter(Instant.class, explained(Times::instant))
                .registerConverter(ResourceRef.class, explained(ResourceRef::parse));
    }

    private static <T> ITypeConverter<T> explained(ITypeConverter<T> convert) {
        return text -> {
            try {
                return convert.convert(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }
}
