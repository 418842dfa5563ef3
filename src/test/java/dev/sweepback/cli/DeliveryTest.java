package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** In processes of their own: what becomes of standard output is the operating system's business. */
class DeliveryTest {

    private static final File FULL = new File("/dev/full");

    static boolean thereIsAFullDevice() {
        return FULL.exists();
    }

    @Test
    @EnabledIf("thereIsAFullDevice")
    void outputThatCouldNotBeWrittenIsAFailure() throws Exception {
        for (String command : List.of("completion", "version")) {
            Process process = program(command)
                    .redirectOutput(ProcessBuilder.Redirect.to(FULL))
                    .start();
            String said = said(process);

            assertThat(process.waitFor()).as(command).isEqualTo(1);
            assertThat(said).as(command).contains("the output could not be written");
        }
    }

    @Test
    void aPipeThatNobodyReadsOnIsNotWorthAWord() throws Exception {
        Process process = program("completion").start();
        process.getInputStream().close();
        String said = said(process);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(said).isEmpty();
    }

    @Test
    void anInterruptedDemoLeavesNothingBehind(@TempDir Path folder) throws Exception {
        ProcessBuilder demo = program("demo");
        demo.command().add(1, "-Djava.io.tmpdir=" + folder);
        Process process = demo.start();
        assertThat(process.inputReader().lines().anyMatch(line -> line.startsWith("3.")))
                .isTrue();
        assertThat(folder).isDirectoryContaining("glob:**sweepback-demo-*");

        process.toHandle().destroy();

        assertThat(process.waitFor()).isNotZero();
        assertThat(folder).isDirectoryNotContaining("glob:**sweepback-demo-*");
    }

    private static String said(Process process) throws Exception {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static ProcessBuilder program(String command) {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                command);
    }
}
