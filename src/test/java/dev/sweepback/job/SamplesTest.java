package dev.sweepback.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.SecretRef;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static final Settings SETTINGS = new Settings(
            "production",
            Map.of(
                    "unleash",
                    new Connection(
                            "unleash",
                            "unleash",
                            "production",
                            URI.create("https://unleash.example.com"),
                            Map.of(),
                            Map.of(),
                            4,
                            Connection.Timeouts.DEFAULT)),
            new Settings.Store("jdbc:sqlite:x.db", new SecretRef.Environment("KEY")),
            new Settings.Server("127.0.0.1", 8443),
            Duration.ofSeconds(60),
            Source.of(Path.of("sweepback.yaml"), ""));

    @Test
    void aConditionThatNeverTellsIsReportedWhereItStands() {
        Job job = job("resource.tags[99] == 'x'");

        List<Problem> problems = Samples.neverClear(job, SETTINGS, TestCatalog.catalog(), TestCatalog.SOME_TIME);

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).startsWith("jobs/a.yaml:9:24: the condition of step 'flags' cannot tell");
        });
    }

    @Test
    void aConditionThatTellsForSomeSamplesIsNotReported() {
        Job job = job("resource.lastSeenAt < now");

        assertThat(Samples.neverClear(job, SETTINGS, TestCatalog.catalog(), TestCatalog.SOME_TIME))
                .isEmpty();
    }

    @Test
    void triesWithAndWithoutWhatCanBeMissing() {
        List<Samples.Trial> trials = Samples.of(
                job("has(resource.lastSeenAt) && resource.tracked"),
                SETTINGS,
                TestCatalog.catalog(),
                TestCatalog.SOME_TIME);

        assertThat(trials)
                .containsExactly(
                        new Samples.Trial("flags", "all fields", new Match.No()),
                        new Samples.Trial("flags", "all fields, tracked", new Match.Yes()),
                        new Samples.Trial("flags", "without lastSeenAt", new Match.No()),
                        new Samples.Trial("flags", "without lastSeenAt, tracked", new Match.No()));
    }

    private static Job job(String condition) {
        Step step = new Step(
                "flags",
                List.of(),
                "unleash",
                "flag",
                Optional.of(Condition.compile(condition, TestCatalog.FLAG, new Place(9, 24))),
                "archive",
                Optional.empty(),
                Instructions.NONE);
        return new Job(
                "a",
                Map.of(),
                new Job.After("app", "production", Duration.ZERO),
                Job.Start.MANUAL,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(step),
                BackOut.DEFAULT,
                Source.of(Path.of("jobs/a.yaml"), ""));
    }
}
