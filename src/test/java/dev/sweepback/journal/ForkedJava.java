package dev.sweepback.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another Java process that runs a class of the tests. Killed on close. */
public final class ForkedJava implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    public ForkedJava(Class<?> main, String... arguments) throws IOException {
        this(List.of(), main, arguments);
    }

    /** @param options for the virtual machine */
    public ForkedJava(List<String> options, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // as little start-up as there can be
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = process.inputReader();
    }

    /** What it prints next; waits for it. */
    public String line() throws IOException {
        return String.valueOf(output.readLine());
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    public int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
