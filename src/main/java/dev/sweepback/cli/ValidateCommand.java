package dev.sweepback.cli;

import dev.sweepback.job.Counted;
import dev.sweepback.job.Description;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Problem;
import dev.sweepback.job.Samples;
import dev.sweepback.job.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "validate",
        description =
                "Check settings, descriptions, policies and jobs. Needs no network, resolves no secret, opens no store.")
final class ValidateCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Only these of the workspace. Default: all.")
    List<Path> only = new ArrayList<>();

    ValidateCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        only.forEach(this::refuseStranger);
        Loaded files = Wiring.load(common.config(), outside);
        List<Problem> problems = new ArrayList<>(files.problems());
        problems.addAll(files.warnings());
        List<Job> jobs = files.jobs().values().stream()
                .filter(job -> wanted(job.source().path()))
                .toList();
        files.settings()
                .ifPresent(settings -> jobs.forEach(job -> problems.addAll(Wiring.described(
                        outside,
                        settings,
                        catalog -> Samples.neverClear(
                                job, settings, catalog, outside.clock().instant())))));
        problems.removeIf(problem -> !wanted(problem.path()));
        problems.forEach(problem -> console.say(problem.toString()));
        if (!console.isTable()) {
            console.data(json(files, jobs, problems));
        } else if (problems.isEmpty()) {
            console.line(common.config() + ": " + Counted.text(files.jobs().size(), "job") + " and "
                    + Counted.text(files.policies().size(), "policy") + " without problems");
            descriptions(files).forEach(description -> console.line(line(description)));
            jobs.forEach(job -> console.lines(JobCheck.of(job, files, outside).lines()));
        }
        return (problems.isEmpty() ? ExitCode.DONE : ExitCode.USAGE).number();
    }

    private List<Description> descriptions(Loaded files) {
        return files.settings().map(Settings::descriptions).orElse(List.of()).stream()
                .filter(description -> wanted(description.source().path()))
                .toList();
    }

    private static String line(Description description) {
        return "connector " + description.name() + " (" + description.source().path() + "): "
                + description.resource() + " of " + description.system() + ", "
                + description.actions().stream()
                        .map(action ->
                                action.name() + " " + action.reversibility().word())
                        .collect(Collectors.joining(", "));
    }

    private boolean wanted(Path path) {
        return only.isEmpty() || only.stream().anyMatch(file -> same(file, path));
    }

    private static boolean same(Path left, Path right) {
        return left.toAbsolutePath().normalize().equals(right.toAbsolutePath().normalize());
    }

    private void refuseStranger(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        boolean known = same(file, common.config())
                || (folder != null
                        && (same(folder, common.config().resolveSibling("connectors"))
                                || same(folder, common.config().resolveSibling("jobs"))
                                || same(folder, common.config().resolveSibling("policies"))));
        if (!known || !Files.exists(file)) {
            throw Failures.usage(
                    "not-in-workspace",
                    "the file " + file + (known ? " is missing" : " does not belong to this workspace"),
                    file.toString(),
                    "name the settings file, or one in the folders connectors, jobs and policies beside it; another workspace is named with --config");
        }
    }

    private ObjectNode json(Loaded files, List<Job> jobs, List<Problem> problems) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("ok", problems.isEmpty());
        ArrayNode array = node.putArray("jobs");
        if (files.settings().isPresent()) {
            jobs.forEach(job -> array.add(JobCheck.of(job, files, outside).toJson()));
        }
        ArrayNode connectors = node.putArray("connectors");
        descriptions(files)
                .forEach(description -> connectors
                        .addObject()
                        .put("name", description.name())
                        .put("file", description.source().path().toString())
                        .put("system", description.system())
                        .put("kind", description.resource()));
        ArrayNode wrong = node.putArray("problems");
        problems.forEach(problem -> wrong.addObject()
                .put("file", problem.path().toString())
                .put("line", problem.line())
                .put("column", problem.column())
                .put("what", problem.what())
                .put("expected", problem.expected())
                .put("hint", problem.hint()));
        return node;
    }
}
