package dev.sweepback.job;

import static dev.sweepback.job.TestWorkspace.JOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The files together: each is read, whatever is wrong with the others. */
class WorkspaceTest {

    @TempDir
    Path folder;

    private TestWorkspace files;

    @BeforeEach
    void lay() throws IOException {
        files = TestWorkspace.in(folder);
    }

    @Test
    void filesThatAreNoYamlFilesAreLeftAlone() throws IOException {
        files.write("jobs/README.md", "# Jobs");

        assertThat(files.load().problems()).isEmpty();
    }

    @Test
    void anUnexpectedErrorIsAProblemOfItsFileAndHidesNoOther() throws IOException {
        String steps = "    - {name: a, connection: unleash, kind: flag, action: archive}\n";
        files.write(
                "jobs/bad.yaml",
                JOB.formatted("bad").replace("  steps:", "  schedule: {cron: \"* * * * * ?\"}\n  steps:") + steps);
        files.write("jobs/good.yaml", JOB.formatted("good") + steps);

        Loaded loaded = files.load((expression, zone, after) -> {
            throw new IllegalStateException("secret");
        });

        assertThat(loaded.jobs()).containsOnlyKeys("good");
        assertThat(loaded.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo(folder.resolve("jobs/bad.yaml")))
                .extracting(Problem::toString)
                .asString()
                .contains("an unexpected IllegalStateException", "please report")
                .doesNotContain("secret");
    }

    @Test
    void theNamesOfBrokenJobsAreTold() throws IOException {
        files.write("jobs/a.yaml", JOB.formatted("wrong-key") + "    []\n  stepps: 1\n");
        files.write("jobs/b.yaml", JOB.formatted("no-yaml") + "    - [\n");
        files.write(
                "jobs/d.yaml",
                JOB.formatted("wrong-step") + "    - {name: a, connection: nowhere, kind: flag, action: archive}\n");

        assertThat(files.load().brokenJobs()).containsExactlyInAnyOrder("wrong-key", "no-yaml", "wrong-step");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void whatIsNoRegularFileIsRefusedWithoutOpeningIt() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("jobs/pipe.yaml").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.createDirectory(folder.resolve("jobs/folder.yaml"));

        assertThat(files.load().problems())
                .extracting(problem -> problem.path().getFileName() + ": " + problem.what())
                .containsExactly("folder.yaml: no regular file", "pipe.yaml: no regular file");
    }

    @Test
    void aFileInThePlaceOfAFolderIsSaid() throws IOException {
        Files.delete(folder.resolve("jobs"));
        files.write("jobs", "apiVersion: sweepback/v1");

        assertThat(files.load().problems())
                .extracting(Problem::toString)
                .containsExactly(
                        folder.resolve("jobs") + ":1:1: no folder; expected a folder of YAML files; rename the file");
    }

    @Test
    void jobsAreCheckedAsFarAsPossibleWithoutSettings() throws IOException {
        files.write("sweepback.yaml", "kind: nothing");
        files.write(
                "jobs/a.yaml",
                JOB.formatted("a") + "    - {name: a, connection: unleash, kind: flag, action: archive, needs: [b]}\n");

        Loaded loaded = files.load();

        assertThat(loaded.settings()).isEmpty();
        assertThat(loaded.jobs()).isEmpty();
        assertThat(loaded.problems()).extracting(Problem::what).contains("there is no step 'b'");
    }
}
