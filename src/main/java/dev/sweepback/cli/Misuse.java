package dev.sweepback.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What was typed wrongly, in the words of this program instead of the command parser's. */
final class Misuse {

    private static final String PREFIX = "^(Invalid value for [^:]*: |Error: )";

    private Misuse() {}

    static String what(ParameterException error) {
        if (error instanceof MissingParameterException missing) {
            return missing(missing);
        }
        if (error instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (error instanceof OverwrittenOptionException twice) {
            return written(twice.getOverwritten()) + " is given more than once";
        }
        String said = String.valueOf(error.getMessage());
        ArgSpec argument = error.getArgSpec();
        return (argument == null ? "" : written(argument) + ": ") + said.replaceFirst(PREFIX, "");
    }

    private static String missing(MissingParameterException error) {
        List<ArgSpec> missing = error.getMissing();
        String said = String.valueOf(error.getMessage());
        if (said.contains("one of these")) {
            return named(missing, " or ") + " is missing";
        }
        String names = named(missing, ", ");
        if (said.contains(" for option ")) {
            return "a value is missing: " + names;
        }
        return names + (missing.size() == 1 ? " is" : " are") + " missing";
    }

    private static String unmatched(UnmatchedArgumentException error) {
        String first = "'" + error.getUnmatched().get(0) + "'";
        if (error.isUnknownOption()) {
            return "there is no option " + first;
        }
        return error.getCommandLine().getSubcommands().isEmpty()
                ? first + " is one argument too many"
                : "there is no command " + first;
    }

    private static String named(List<ArgSpec> arguments, String between) {
        return arguments.stream().map(Misuse::labelled).collect(Collectors.joining(between));
    }

    private static String labelled(ArgSpec argument) {
        return argument instanceof OptionSpec option && option.arity().max() > 0
                ? written(option) + " " + option.paramLabel()
                : written(argument);
    }

    private static String written(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
