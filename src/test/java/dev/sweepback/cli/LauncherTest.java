package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the program, on stand-ins for Java and Maven. */
class LauncherTest {

    private static final Path LAUNCHER = Path.of("sweepback").toAbsolutePath();

    @TempDir
    Path folder;

    private record Ended(int exit, String said) {}

    @Test
    void itIsPlainShell() throws Exception {
        assertThat(run(Map.of(), "/bin/sh", "-n", LAUNCHER.toString())).isEqualTo(new Ended(0, ""));
    }

    @Test
    void withoutJavaItSaysWhatIsMissingAndHowToGetIt() throws Exception {
        Ended ended = run(Map.of("PATH", "", "JAVA_HOME", ""), "/bin/sh", LAUNCHER.toString(), "version");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.said()).contains("Java 17 or newer is missing", "apt-get install openjdk-17-jre-headless");
    }

    @Test
    void anOldJavaIsNamed() throws Exception {
        program("old/bin/java", "echo 'openjdk version \"1.8.0_392\"' >&2");

        Ended ended = run(
                Map.of("PATH", "", "JAVA_HOME", folder.resolve("old").toString()),
                "/bin/sh",
                LAUNCHER.toString(),
                "version");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.said()).contains("found only:", "old/bin/java (version 8)");
    }

    @Test
    void anInstalledProgramIsStartedThroughALinkAndNeverBuilt() throws Exception {
        Path installed = Files.createDirectories(folder.resolve("opt/sweepback"));
        Files.copy(LAUNCHER, installed.resolve("sweepback"));
        Files.writeString(installed.resolve("sweepback.jar"), "");
        program("java/bin/java", "case $1 in -version) echo 'openjdk version \"21.0.1\"';; *) echo \"$@\";; esac");
        Path link = Files.createSymbolicLink(folder.resolve("sb"), installed.resolve("sweepback"));

        Ended ended = run(
                Map.of("JAVA_HOME", folder.resolve("java").toString(), "SWEEPBACK_JAVA_OPTS", "-Xmx64m -Da=b"),
                "/bin/sh",
                link.toString(),
                "plan",
                "a job");

        assertThat(ended.exit()).isZero();
        assertThat(ended.said().strip())
                .startsWith("-Dfile.encoding=UTF-8 -Xmx64m -Da=b ")
                .endsWith("-jar " + installed.toRealPath().resolve("sweepback.jar") + " plan a job");
    }

    @Test
    void withoutALocaleOfItsOwnItReadsUtf8() throws Exception {
        Path installed = Files.createDirectories(folder.resolve("opt/sweepback"));
        Files.copy(LAUNCHER, installed.resolve("sweepback"));
        Files.writeString(installed.resolve("sweepback.jar"), "");
        program(
                "java/bin/java",
                "case $1 in -version) echo 'openjdk version \"21.0.1\"';; *) echo \"${LC_ALL-}\";; esac");

        assertThat(locale(installed, Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", "")))
                .isEqualTo("C.UTF-8");
        assertThat(locale(installed, Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", "POSIX")))
                .isEqualTo("C.UTF-8");
        assertThat(locale(installed, Map.of("LC_ALL", "C", "LC_CTYPE", "", "LANG", "de_DE.UTF-8")))
                .isEqualTo("C.UTF-8");
        assertThat(locale(installed, Map.of("LC_ALL", "", "LC_CTYPE", "C", "LANG", "de_DE.UTF-8")))
                .isEqualTo("C.UTF-8");
        assertThat(locale(installed, Map.of("LC_ALL", "", "LC_CTYPE", "de_DE.UTF-8", "LANG", "C")))
                .isEmpty();
    }

    private String locale(Path installed, Map<String, String> locale) throws Exception {
        Map<String, String> environment = new HashMap<>(locale);
        environment.put("JAVA_HOME", folder.resolve("java").toString());
        return run(environment, "/bin/sh", installed.resolve("sweepback").toString(), "status")
                .said()
                .strip();
    }

    @Test
    void itIsBuiltOnceWhenTheSourcesAreNewerAlsoByTwoAtOnce() throws Exception {
        Path sources = sources();
        Map<String, String> environment = Map.of(
                "JAVA_HOME",
                folder.resolve("java").toString(),
                "PATH",
                folder.resolve("bin") + ":" + System.getenv("PATH"));

        Process first =
                start(environment, "/bin/sh", sources.resolve("sweepback").toString(), "version");
        Ended second = run(environment, "/bin/sh", sources.resolve("sweepback").toString(), "version");
        first.waitFor();
        Ended third = run(environment, "/bin/sh", sources.resolve("sweepback").toString(), "version");

        assertThat(second.exit()).as(second.said()).isZero();
        assertThat(third).isEqualTo(new Ended(0, "started\n"));
        assertThat(Files.readAllLines(sources.resolve("builds"))).hasSize(1);
        assertThat(sources.resolve("target/.build-lock")).doesNotExist();
    }

    @Test
    void aBuildLockThatSomebodyLeftBehindIsTakenOver() throws Exception {
        Path sources = sources();
        Files.createDirectories(sources.resolve("target/.build-lock"));
        Process ended = new ProcessBuilder("/bin/sh", "-c", ":").start();
        ended.waitFor();
        Files.writeString(sources.resolve("target/.build-lock/pid"), ended.pid() + "\n");

        Ended started = run(
                Map.of(
                        "JAVA_HOME",
                        folder.resolve("java").toString(),
                        "PATH",
                        folder.resolve("bin") + ":" + System.getenv("PATH")),
                "/bin/sh",
                sources.resolve("sweepback").toString(),
                "version");

        assertThat(started.exit()).as(started.said()).isZero();
        assertThat(Files.readAllLines(sources.resolve("builds"))).hasSize(1);
    }

    private Path sources() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Files.createDirectories(sources.resolve("src/main"));
        Files.writeString(sources.resolve("pom.xml"), "");
        Files.copy(LAUNCHER, sources.resolve("sweepback"));
        program("java/bin/java", "case $1 in -version) echo 'openjdk version \"17.0.1\"';; *) echo started;; esac");
        program("java/bin/javac", "");
        program("bin/mvn", "echo build >>builds; mkdir -p target/lib; : >target/sweepback.jar");
        return sources;
    }

    private void program(String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended run(Map<String, String> environment, String... command) throws Exception {
        Process process = start(environment, command);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    private Process start(Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
