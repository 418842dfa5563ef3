package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.journal.ActingLock;
import dev.sweepback.schedule.ByHand;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two homes whose settings name the same store. */
class SharedStoreTest {

    @TempDir
    Path folder;

    private SandboxHome home;

    @BeforeEach
    void share() {
        home = new SandboxHome(folder);
        home.write(
                "sweepback.yaml",
                home.settings(1)
                        .replace("sqlite:sweepback.db", "sqlite:" + folder.resolve("shared/journal.db"))
                        .replace("file:sweepback.key", "file:" + folder.resolve("shared.key")));
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void onlyOneOfThemActs() {
        try (Serving serving = serve("one")) {
            assertThat(serving.url()).isNotEmpty();
            assertThatThrownBy(() -> serve("two")).isInstanceOf(ActingLock.Held.class);
            try (Wiring other = open("two")) {
                assertThatThrownBy(() -> Acting.begin(
                                other,
                                "run",
                                new Common(),
                                Console.of(new String[0], home.outside()),
                                SandboxHome.SOMEBODY))
                        .isInstanceOf(ActingLock.Held.class)
                        .hasMessageContaining("serve, process");
                assertThat(Status.of(other, Map.of()).path("actingBy").asString())
                        .startsWith("serve, process");
            }
        }
        try (Serving serving = serve("two")) {
            assertThat(serving.url()).isNotEmpty();
        }
    }

    @Test
    void theLockLiesBesideTheStore() {
        try (Serving serving = serve("one")) {
            assertThat(serving.url()).isNotEmpty();
            assertThat(folder.resolve("shared/acting.lock")).exists();
        }
    }

    private Serving serve(String name) {
        return Serving.open(home.config(), folder.resolve(name), home.outside(), new ByHand());
    }

    private Wiring open(String name) {
        return Wiring.open(
                home.config(), folder.resolve(name), home.load().settings().orElseThrow(), home.outside());
    }
}
