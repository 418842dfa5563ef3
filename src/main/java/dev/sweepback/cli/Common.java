package dev.sweepback.cli;

import dev.sweepback.job.Loaded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that every command has; they may also stand before the command. */
final class Common {

    private static final String NAME = "common";

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = {
                "The settings file; jobs and policies are in the folders beside it.",
                "Default: ./sweepback.yaml"
            })
    Optional<Path> config = Optional.empty();

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = {
                "Where journal and key are.",
                "Default: $XDG_STATE_HOME/sweepback, else ~/.local/state/sweepback"
            })
    Optional<Path> home = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table, json or yaml.")
    Optional<Console.Format> format = Optional.empty();

    @Option(names = "--debug", description = "Show where in the program an error came from.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    Console console(Outside outside) {
        Console.Format wanted = given(common -> common.format).orElse(Console.Format.TABLE);
        boolean traced = debug || root().map(common -> common.debug).orElse(false);
        return Console.of(traced ? new String[] {"--debug"} : new String[0], outside)
                .as(wanted)
                .completing(place());
    }

    private SamePlace place() {
        CommandSpec known = spec;
        return known == null
                ? SamePlace.USUAL
                : new SamePlace(
                        given(common -> common.config),
                        given(common -> common.home),
                        known.root().subcommands().keySet());
    }

    /** The options as they were given to a command. */
    static Optional<Common> of(CommandSpec command) {
        return Optional.ofNullable(command.mixins().get(NAME)).map(mixin -> (Common) mixin.userObject());
    }

    Path config() {
        return place("--config", common -> common.config).orElse(Path.of("sweepback.yaml"));
    }

    Path home(Outside outside) {
        Path folder = place("--home", common -> common.home).orElseGet(() -> usualHome(outside.environment()));
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw Failures.usage(
                    "home-unusable",
                    "the home " + folder + " is a file, not a folder",
                    folder.toString(),
                    "name a folder with --home");
        }
        return folder;
    }

    private static Path usualHome(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        if (!state.isBlank()) {
            return Path.of(state, "sweepback");
        }
        // What Java calls the user's home is that of the password file, whatever HOME says.
        String home = environment.getOrDefault("HOME", "");
        return Path.of(home.isBlank() ? System.getProperty("user.home") : home, ".local", "state", "sweepback");
    }

    /** The files; the settings among them are valid. Nothing is opened. */
    Loaded files(Outside outside, Console console) {
        Loaded files = Wiring.load(config(), outside);
        if (files.settings().isPresent()) {
            return files;
        }
        files.problems().forEach(problem -> console.say(problem.toString()));
        throw new Failure(
                ExitCode.USAGE,
                "invalid-settings",
                "the settings cannot be used: " + files.problems().get(0),
                config().toString(),
                "correct the file and try `sweepback validate`, or name another with --config; `sweepback init` writes a first one");
    }

    /** Opens the store of files that were read before. */
    Wiring open(Loaded files, Outside outside) {
        return Wiring.open(config(), home(outside), files.settings().orElseThrow(), outside);
    }

    /** Opens the store to look at it. Nothing is made: a mistyped place must not look like an empty record. */
    Wiring openToRead(Loaded files, Outside outside, Console console) {
        if (!hasStore(files, outside)) {
            throw noStore(files, outside);
        }
        return Wiring.openToRead(config(), home(outside), files.settings().orElseThrow(), outside, console::say);
    }

    /** @throws Failure if that cannot be told: what somebody may not look into is not empty */
    boolean hasStore(Loaded files, Outside outside) {
        Path database = Wiring.database(home(outside), files.settings().orElseThrow());
        boolean there = Files.exists(database);
        if (!there && !Files.notExists(database)) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "home-unreadable",
                    "it cannot be told whether there is a store "
                            + database.toAbsolutePath().normalize()
                            + ", and so not what is recorded there or who acts: you may not look into its folder",
                    "home " + home(outside),
                    "do this as the owner of that folder, or ask its owner");
        }
        return there;
    }

    Failure noStore(Loaded files, Outside outside) {
        return Failures.usage(
                "no-store",
                "there is no store "
                        + Wiring.database(home(outside), files.settings().orElseThrow())
                                .toAbsolutePath()
                                .normalize(),
                "home " + home(outside),
                "check --home, and store.url in " + config()
                        + "; if nothing was recorded yet, `sweepback upgrade schedule` makes it");
    }

    /** A command to type, for the same files and the same home. */
    String command(String arguments) {
        return place().command(arguments);
    }

    /** One of two places must not be taken in silence. */
    private Optional<Path> place(String option, Function<Common, Optional<Path>> value) {
        Optional<Path> chosen = given(value);
        root().flatMap(value)
                .filter(before -> !chosen.equals(Optional.of(before)))
                .ifPresent(before -> {
                    throw Failures.usage(
                            "usage",
                            option + " is given twice: before the command and after it",
                            option + " " + before,
                            "give it once");
                });
        return chosen;
    }

    private <T> Optional<T> given(Function<Common, Optional<T>> value) {
        return value.apply(this).or(() -> root().flatMap(value));
    }

    private Optional<Common> root() {
        return Optional.ofNullable(spec).flatMap(known -> of(known.root()));
    }
}
