package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the program, on stand-ins for Java and Maven. */
class LauncherTest {

    private static final Path LAUNCHER = Path.of("sweepback").toAbsolutePath();

    @TempDir
    Path folder;

    /** What a stand-in for Maven does. */
    private static final String BUILD = "echo build >>builds; mkdir -p target/lib; : >target/sweepback.jar";

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
                .contains("-Dsweepback.launcher=" + installed.toRealPath().resolve("sweepback") + " ")
                .endsWith("-jar " + installed.toRealPath().resolve("sweepback.jar") + " plan a job");
    }

    @Test
    void aNewerJavaIsAskedNotToWarnOfWhatLibrariesUse() throws Exception {
        assertThat(typedWith("25.0.3")).contains(" --sun-misc-unsafe-memory-access=allow ");
        assertThat(typedWith("17.0.15")).doesNotContain("--sun-misc");
    }

    private String typedWith(String version) throws Exception {
        Path installed = Files.createDirectories(folder.resolve("opt/sweepback"));
        Files.copy(LAUNCHER, installed.resolve("sweepback"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(installed.resolve("sweepback.jar"), "");
        program(
                "java/bin/java",
                "case $1 in -version) echo 'openjdk version \"" + version + "\"';; *) echo \"$@\";; esac");
        Ended ended = run(
                Map.of("JAVA_HOME", folder.resolve("java").toString()),
                "/bin/sh",
                installed.resolve("sweepback").toString(),
                "version");
        assertThat(ended.exit()).isZero();
        return ended.said();
    }

    @Test
    void itIsFoundInTheCurrentFolderToo() throws Exception {
        Path sources = sources();

        Ended ended = ended(start(sources, environment(), "/bin/sh", "sweepback", "version"));

        assertThat(ended.exit()).as(ended.said()).isZero();
        assertThat(ended.said()).endsWith("started\n");
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

        Process first = start(sources, environment(), "./sweepback", "version");
        Ended second = launched(sources);
        first.waitFor();
        Ended third = launched(sources);

        assertThat(second.exit()).as(second.said()).isZero();
        assertThat(third).isEqualTo(new Ended(0, "started\n"));
        assertThat(builds(sources)).hasSize(1);
        assertThat(locks(sources)).isEmpty();
    }

    @Test
    void aSourceThatIsEditedDuringTheBuildIsBuiltTheNextTime() throws Exception {
        Path sources = sources();
        program(
                "bin/mvn",
                BUILD
                        + "; : >before; : >src/main/edited; until [ src/main/edited -nt before ]; do : >src/main/edited; done");

        launched(sources);
        program("bin/mvn", BUILD);
        launched(sources);
        launched(sources);

        assertThat(builds(sources)).hasSize(2);
    }

    @Test
    void itIsBuiltWithTheJavaThatWasFoundAlsoWhereJavaHomeIsBroken() throws Exception {
        Path sources = sources();
        program("bin/mvn", BUILD + "; echo \"$JAVA_HOME\" >home");
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("PATH", folder.resolve("java/bin") + ":" + environment.get("PATH"));
        environment.put("JAVA_HOME", folder.resolve("gone").toString());

        Ended ended = ended(start(sources, environment, "./sweepback", "version"));

        assertThat(ended.exit()).as(ended.said()).isZero();
        assertThat(Files.readString(sources.resolve("home")).strip())
                .isEqualTo(folder.toRealPath().resolve("java").toString());
    }

    @Test
    void aBuildLockWhoseHolderIsGoneIsTakenOverByOneAlone() throws Exception {
        Path sources = sources();
        program("bin/mvn", "mkdir alone || echo two >>builds; " + BUILD + "; rmdir alone");
        lock(sources, String.valueOf(gone()));

        List<Process> processes = new ArrayList<>();
        for (int count = 0; count < 5; count++) {
            processes.add(start(sources, environment(), "./sweepback", "version"));
        }

        for (Process process : processes) {
            assertThat(ended(process).exit()).isZero();
        }
        assertThat(builds(sources)).containsExactly("build");
        assertThat(locks(sources)).isEmpty();
    }

    @Test
    void aBuildThatSeemsToBeUnderWayIsWaitedForAndThatIsSaid() throws Exception {
        Path sources = sources();
        long pid = ProcessHandle.current().pid();
        Path lock = lock(sources, String.valueOf(pid));

        Process process = start(sources, environment(), "./sweepback", "version");
        BufferedReader said = process.inputReader();

        assertThat(said.readLine())
                .isEqualTo("sweepback: waiting for a build by process " + pid + "; if that is none: rm -rf "
                        + lock.toRealPath() + "*");
        assertThat(builds(sources)).isEmpty();
        Files.delete(lock);
        assertThat(said.lines()).endsWith("started");
        assertThat(process.waitFor()).isZero();
        assertThat(builds(sources)).hasSize(1);
    }

    @Test
    void whereNothingCanBeWrittenItGoesOnWithWhatWasBuiltBefore() throws Exception {
        Path sources = sources();
        launched(sources);
        Files.setLastModifiedTime(sources.resolve("target/sweepback.jar"), FileTime.fromMillis(0));
        program("bin/ln", "exit 1");

        Ended ended = launched(sources);

        assertThat(ended.exit()).isZero();
        assertThat(ended.said())
                .contains("cannot be written", "going on with what was built")
                .endsWith("started\n");
        assertThat(builds(sources)).hasSize(1);
        assertThat(locks(sources)).isEmpty();
    }

    @Test
    void whereNothingCanBeWrittenAndNothingWasBuiltItSaysWhatToDo() throws Exception {
        Path sources = sources();
        program("bin/mkdir", "echo 'mkdir: no' >&2; exit 1");

        Ended ended = launched(sources);

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.said())
                .startsWith(
                        "sweepback: it must be built first, and " + sources.toRealPath() + "/target cannot be written")
                .contains("build it as somebody who may write there")
                .doesNotContain("mkdir");
    }

    private static long gone() throws Exception {
        Process process = new ProcessBuilder("/bin/sh", "-c", ":").start();
        process.waitFor();
        return process.pid();
    }

    private static Path lock(Path sources, String holder) throws IOException {
        return Files.writeString(
                Files.createDirectories(sources.resolve("target")).resolve(".building"), holder + "\n");
    }

    private static List<String> builds(Path sources) throws IOException {
        Path builds = sources.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
    }

    private static List<Path> locks(Path sources) throws IOException {
        try (Stream<Path> files = Files.list(sources.resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(".building"))
                    .toList();
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "JAVA_HOME",
                folder.resolve("java").toString(),
                "PATH",
                folder.resolve("bin") + ":" + System.getenv("PATH"));
    }

    private Ended launched(Path sources) throws Exception {
        return ended(start(sources, environment(), "./sweepback", "version"));
    }

    private Path sources() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Files.createDirectories(sources.resolve("src/main"));
        Files.writeString(sources.resolve("pom.xml"), "");
        Files.copy(LAUNCHER, sources.resolve("sweepback"));
        program("java/bin/java", "case $1 in -version) echo 'openjdk version \"17.0.1\"';; *) echo started;; esac");
        program("java/bin/javac", "");
        program("bin/mvn", BUILD);
        return sources;
    }

    private void program(String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended run(Map<String, String> environment, String... command) throws Exception {
        return ended(start(folder, environment, command));
    }

    private static Ended ended(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    private static Process start(Path where, Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(List.of(command)).directory(where.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
