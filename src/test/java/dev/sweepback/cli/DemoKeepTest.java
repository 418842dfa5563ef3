package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo in a process of its own: explored by the commands that it prints with {@code --keep}, and asked to end. */
class DemoKeepTest {

    private static final String PROGRAM = "sweepback ";

    @TempDir
    Path folder;

    @Test
    void whatItPrintsCanBeTypedAndNothingStaysBehind() throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Process demo = java("-Djava.io.tmpdir=" + temporary, Main.class.getName(), "demo", "--keep")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = demo.inputReader(StandardCharsets.UTF_8)) {
            List<String> exports = new ArrayList<>();
            List<String> commands = new ArrayList<>();
            while (commands.isEmpty() || !commands.get(commands.size() - 1).endsWith(" audit verify")) {
                String line = output.readLine();
                assertThat(line).as("the demo must stay up").isNotNull().doesNotStartWith("NOT as promised");
                if (line.strip().startsWith("export ")) {
                    exports.add(line.strip().substring("export ".length()));
                } else if (line.strip().startsWith(PROGRAM)) {
                    commands.add(line.strip().substring(PROGRAM.length()));
                }
            }

            assertThat(temporary).isNotEmptyDirectory();
            assertThat(exports).hasSize(3);
            for (String command : commands) {
                assertThat(type(command, exports)).as(command).isZero();
            }

            demo.toHandle().destroy();
            assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(demo.exitValue()).as("the story held").isZero();
            assertThat(temporary).as("what stays behind").isEmptyDirectory();
        } finally {
            demo.destroyForcibly();
        }
    }

    @Test
    void stoppedInItsStoryItSaysThatNothingStaysBehind() throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Process demo = java("-Djava.io.tmpdir=" + temporary, Main.class.getName(), "demo")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = demo.inputReader(StandardCharsets.UTF_8)) {
            assertThat(ForkedOutput.firstLine(output)).contains("the systems are a sandbox");

            demo.toHandle().destroy();

            assertThat(output.lines().filter(line -> !line.isEmpty()))
                    .last()
                    .isEqualTo("the demo was stopped; nothing was left behind");
            assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(demo.exitValue()).isNotZero();
            assertThat(temporary).as("what stays behind").isEmptyDirectory();
        } finally {
            demo.destroyForcibly();
        }
    }

    private static int type(String command, List<String> exports) throws Exception {
        ProcessBuilder builder = java(Main.class.getName());
        builder.command().addAll(List.of(command.split(" ")));
        exports.forEach(export -> {
            String[] pair = export.split("=", 2);
            builder.environment().put(pair[0], pair[1]);
        });
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }

    private static ProcessBuilder java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
