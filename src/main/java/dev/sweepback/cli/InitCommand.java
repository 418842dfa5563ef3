package dev.sweepback.cli;

import dev.sweepback.store.KeyFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "init", description = "Write first files into this folder, and make home and key. Overwrites nothing.")
final class InitCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    InitCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(common.config(), resource("sweepback.yaml"));
        files.put(common.config().resolveSibling("jobs").resolve("example.yaml"), resource("example.yaml"));
        files.put(common.config().resolveSibling("policies").resolve("careful.yaml"), resource("careful.yaml"));
        // The files name them on their first line, for editors.
        Path schemas = common.config().resolveSibling("schema");
        for (SchemaCommand.Which which : SchemaCommand.Which.values()) {
            files.put(schemas.resolve(which + ".json"), which.schema(outside));
        }
        files.keySet().forEach(InitCommand::refuseToOverwrite);
        Path key = common.home(outside).resolve("sweepback.key");
        boolean made = !Files.exists(key);
        List<Path> written = new ArrayList<>();
        try {
            files.forEach((file, content) -> {
                write(file, content);
                written.add(file);
            });
            if (made) {
                KeyFile.create(key);
            }
        } catch (RuntimeException e) {
            // Half of them would stand in the way of the next attempt.
            written.forEach(file -> remove(file, e));
            throw e;
        }
        print(files, key, made, console);
        return ExitCode.DONE.number();
    }

    private static void refuseToOverwrite(Path file) {
        if (Files.exists(file)) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "exists",
                    "the file " + file + " exists, and nothing is overwritten",
                    file.toString(),
                    "go on with `sweepback validate`, or begin in another folder");
        }
    }

    private static String resource(String name) {
        try (InputStream content =
                Objects.requireNonNull(InitCommand.class.getResourceAsStream("/init/" + name), name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the program is incomplete: init/" + name + " cannot be read", e);
        }
    }

    private static void write(Path file, String content) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.createFile(file);
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            Failure failure = cannotWrite(file, e);
            remove(file, failure);
            throw failure;
        }
    }

    private static Failure cannotWrite(Path file, IOException e) {
        Failure failure = new Failure(
                ExitCode.FAILURE,
                "file-unwritable",
                "the file " + file + " cannot be written",
                file + " (" + e + ")",
                "check that its folder may be written and its disk has room, then `sweepback init` again");
        failure.initCause(e);
        return failure;
    }

    private static void remove(Path file, RuntimeException because) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    private void print(Map<Path, String> files, Path key, boolean made, Console console) {
        if (console.isTable()) {
            files.keySet().forEach(file -> console.line("wrote " + file));
            console.line((made ? "made  " : "found ") + key);
        } else {
            ObjectNode node = JsonMapper.shared().createObjectNode();
            ArrayNode array = node.putArray("files");
            files.keySet().forEach(file -> array.add(file.toString()));
            console.data(node.put("key", key.toString()).put("keyMade", made));
        }
        console.say("");
        console.say("Keep a copy of the key elsewhere: whoever loses it keeps the audit and loses the undo.");
        console.say("Next:");
        console.say("  1. put your systems into " + common.config() + ", and name the secrets' places");
        console.say("  2. " + common.command("validate"));
        console.say("  3. " + common.command("doctor") + "     (reads your systems, changes nothing)");
        console.say(
                "  4. "
                        + common.command(
                                "upgrade schedule my-application --from 1.0 --to 1.1 --environment production --window START/END"));
        console.say("  5. " + common.command("plan example"));
    }
}
