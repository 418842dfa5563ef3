package dev.sweepback.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/** Processes that open a store and are gone before they could tidy up. */
class NativeLibraryTest {

    @TempDir
    Path folder;

    private Path home;
    private Path temporary;

    @BeforeEach
    void folders() throws Exception {
        home = Files.createDirectories(folder.resolve("home"));
        temporary = Files.createDirectories(folder.resolve("tmp"));
    }

    /** Opens the store and dies. */
    static final class Dying {
        private Dying() {}

        public static void main(String[] arguments) {
            SqlJournal journal = SqlJournal.open(Path.of(arguments[0]), SnapshotCipher.withoutKey(), Clock.systemUTC());
            System.out.println(journal.verify().ok());
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }

    @Test
    void aProcessThatDiesLeavesNothingInTheTemporaryFolder() throws Exception {
        assertThat(openAndDie()).isEqualTo("true\n");

        assertThat(temporary).isEmptyDirectory();
        assertThat(library()).isNotEmptyFile();
    }

    @Test
    void itIsUnpackedOnceForAllProcesses() throws Exception {
        openAndDie();
        FileTime unpacked = Files.getLastModifiedTime(library());

        assertThat(openAndDie()).isEqualTo("true\n");

        assertThat(Files.getLastModifiedTime(library())).isEqualTo(unpacked);
        assertThat(library().getParent()).isDirectoryNotContaining("glob:**/part-*");
    }

    @Test
    void whereItCannotBeUnpackedTheStoreIsOpenedAllTheSame() throws Exception {
        Files.writeString(home.resolve("native"), "in the way");

        assertThat(openAndDie()).isEqualTo("true\n");
    }

    private Path library() {
        return home.resolve("native")
                .resolve(SQLiteJDBCLoader.getVersion())
                .resolve(LibraryLoaderUtil.getNativeLibName());
    }

    private String openAndDie() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Dying.class.getName(),
                        home.resolve("sweepback.db").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
