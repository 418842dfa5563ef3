package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitTest {

    @TempDir
    Path folder;

    @Test
    void whatCannotBeWrittenWholeLeavesNothingInTheWayOfTheNextAttempt() throws IOException {
        Path inTheWay = Files.createFile(folder.resolve("schema"));

        Terminal.Answer first = init();
        List<String> left = files();
        Files.delete(inTheWay);
        Terminal.Answer second = init();

        assertThat(first.exit()).isEqualTo(1);
        assertThat(first.err()).contains("cannot be written", "where: ", "its disk has room");
        assertThat(left).containsExactly("schema");
        assertThat(second.exit()).as(second.err()).isZero();
    }

    private Terminal.Answer init() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] command = {
            "init",
            "--config",
            folder.resolve("sweepback.yaml").toString(),
            "--home",
            folder.resolve("home").toString()
        };
        int exit = Cli.run(
                command,
                new Outside(
                        Map.of(),
                        Clock.systemUTC(),
                        wait -> {},
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        UnaryOperator.identity(),
                        UnaryOperator.identity()));
        return new Terminal.Answer(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }
}
