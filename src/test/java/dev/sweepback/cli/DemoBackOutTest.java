package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DemoBackOutTest {

    @Test
    void theSceneEndsAsItPromises() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Outside real = Outside.real();
        Outside outside = new Outside(
                real.environment(),
                real.clock(),
                real.pause(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                real.err(),
                false,
                real.http(),
                real.journal());

        int exit = Cli.run(new String[] {"demo", "--scene", "back-out"}, outside);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("wave 2: 5 operations", "5 exact", "152 of 152 things")
                .doesNotContain("NOT as promised");
        assertThat(exit).isZero();
    }
}
