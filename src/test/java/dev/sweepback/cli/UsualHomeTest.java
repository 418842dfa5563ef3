package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsualHomeTest {

    @Test
    void theStateFolderComesBeforeTheHomeFolderAndThatBeforeWhatJavaTakesForIt() {
        assertThat(home(Map.of("XDG_STATE_HOME", "/state", "HOME", "/people/me")))
                .isEqualTo(Path.of("/state/sweepback"));
        assertThat(home(Map.of("XDG_STATE_HOME", "", "HOME", "/people/me")))
                .isEqualTo(Path.of("/people/me/.local/state/sweepback"));
        assertThat(home(Map.of())).isEqualTo(Path.of(System.getProperty("user.home"), ".local", "state", "sweepback"));
    }

    @Test
    void aFileIsNoHome(@TempDir Path folder) throws Exception {
        Common common = new Common();
        common.home = Optional.of(Files.writeString(folder.resolve("file"), ""));

        assertThatThrownBy(() -> common.home(Outside.real()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("is a file, not a folder");
    }

    private static Path home(Map<String, String> environment) {
        Outside real = Outside.real();
        return new Common()
                .home(new Outside(
                        environment,
                        Clock.systemUTC(),
                        real.pause(),
                        System.out,
                        System.err,
                        false,
                        UnaryOperator.identity(),
                        UnaryOperator.identity()));
    }
}
