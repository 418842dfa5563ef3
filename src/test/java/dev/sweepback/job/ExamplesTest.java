package dev.sweepback.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ExamplesTest {

    @Test
    void theExamplesOfTheProjectAreValid() {
        Loaded loaded = Workspace.load(
                Path.of("sweepback.yaml"),
                TestCatalog.catalog(),
                new TestCron(),
                Clock.fixed(TestCatalog.SOME_TIME, ZoneOffset.UTC));

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.jobs()).containsKey("dten-hybrid-cleanup");
        assertThat(loaded.policies()).containsKey("production");
    }
}
