package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.RunState;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The daemon and the files that change under it. */
final class ServeFilesTest extends ServeScene {

    @Test
    void aBrokenFileStaysInUseAsItWasAndThatIsSaid() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            home.playUpgrade(other.journal());
            enable(other.journal());
            home.write(FILE, SandboxHome.JOB.replace("action: archive", "action: explode"));

            time.beat();

            assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
            assertThat(serving.daemon().readiness().good()).isTrue();
            assertThat(serving.daemon().readiness().problems())
                    .anySatisfy(problem ->
                            assertThat(problem).startsWith(FILE + ":").contains("explode"))
                    .noneSatisfy(problem -> assertThat(problem).contains(folder.toString()));
        }
    }

    @Test
    void aBrokenPolicyStaysInUseAsItWas() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            home.playUpgrade(other.journal());
            enable(other.journal());
            home.write("policies/production.yaml", "kind: Nonsense");

            time.beat();

            assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
        }
    }

    @Test
    void aChangedJobMustBeEnabledAgain() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            home.playUpgrade(other.journal());
            enable(other.journal());
            home.write(FILE, SandboxHome.JOB + "# looked at again\n");

            time.beat();
            assertThat(runs(serving)).isEmpty();

            enable(other.journal());
            time.beat();
            assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
        }
    }

    @Test
    void jobsComeAndGoWithTheirFiles() throws Exception {
        home.write(FILE, job("start: manual", NIGHTLY.formatted("skip")));
        try (Serving serving = serve()) {
            assertThat(time.scheduled()).containsExactly(NAME);

            home.write(
                    "jobs/second.yaml",
                    job("start: manual", NIGHTLY.formatted("skip")).replace(NAME, "second"));
            time.beat();
            assertThat(time.scheduled()).containsExactly(NAME, "second");

            Files.delete(folder.resolve(FILE));
            time.beat();
            assertThat(time.scheduled()).containsExactly("second");
            assertThat(serving.daemon().readiness().problems()).isEmpty();
        }
    }

    @Test
    void changedSettingsAreNotAppliedAndThatIsSaid() {
        try (Serving serving = serve()) {
            home.write("sweepback.yaml", home.settings(2));

            time.beat();

            assertThat(serving.daemon().readiness().problems())
                    .singleElement()
                    .asString()
                    .contains("restart");
        }
    }
}
