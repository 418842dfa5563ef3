package dev.sweepback.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Reversibility;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files say about people. */
class PeopleFilesTest {

    private static final String POLICY = """
            apiVersion: sweepback/v1
            kind: Policy
            metadata: {name: production}
            spec:
            """;

    @TempDir
    Path folder = Path.of("");

    private TestWorkspace files;

    @BeforeEach
    void workspace() throws IOException {
        files = TestWorkspace.in(folder);
        actors("{\"local:0\": [operator, approver], \"local:1000\": [approver], deploy-bot: [operator]}");
    }

    private void actors(String actors) throws IOException {
        files.write("sweepback.yaml", TestWorkspace.SETTINGS + "actors: " + actors + "\n");
    }

    private Policy policy(String... lines) throws IOException {
        files.write(
                "policies/production.yaml", POLICY + String.join("\n", lines).indent(2));
        Loaded loaded = files.load();
        assertThat(loaded.problems()).isEmpty();
        return Optional.ofNullable(loaded.policies().get("production")).orElseThrow();
    }

    @Test
    void whoseWordIsNeeded() throws IOException {
        Permits permits = policy(
                        "approval: {required: true, roles: [approver, lead], approvers: 2, expiresAfter: 30m}",
                        "undo: {approvers: 1, roles: [lead], expiresAfter: 1h}")
                .permits();

        assertThat(permits.approval()).contains(new Approval(List.of("approver", "lead"), 2, Duration.ofMinutes(30)));
        assertThat(permits.undo()).contains(new Approval(List.of("lead"), 1, Duration.ofHours(1)));
    }

    @Test
    void whatIsLeftOutHasAUsualValue() throws IOException {
        Permits permits =
                policy("approval: {required: true}", "undo: {approvers: 1}").permits();

        Approval usual = new Approval(List.of("approver"), 1, Duration.ofHours(8));
        assertThat(permits.approval()).contains(usual);
        assertThat(permits.undo()).contains(usual);
        assertThat(permits.confirmsEnvironment()).isTrue();
    }

    @Test
    void nobodysWordIsNeededWhereThePolicySaysSoOrNothing() throws IOException {
        assertThat(policy("approval: {required: false, approvers: 2}").permits().approval())
                .isEmpty();
        assertThat(policy("minIdle: 7d").permits().approval()).isEmpty();
        assertThat(policy("minIdle: 7d").permits().undo()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"environment-name, true", "none, false"})
    void whetherANameIsTyped(String word, boolean confirms) throws IOException {
        assertThat(policy("confirm: " + word).permits().confirmsEnvironment()).isEqualTo(confirms);
    }

    @Test
    void whatCannotBePutBackMayBeAllowed() throws IOException {
        assertThat(policy("reversibility: none").weakest()).isEqualTo(Reversibility.NONE);
    }

    @Test
    void whoHasWhichRole() {
        assertThat(files.load().settings().orElseThrow().actors())
                .containsEntry("local:0", List.of("operator", "approver"))
                .containsEntry("local:1000", List.of("approver"))
                .containsEntry("deploy-bot", List.of("operator"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "approval: {required: true, roles: [lead]}|with the role lead, and the settings give it to nobody",
                "approval: {required: true, approvers: 3}|3 approvers with the role approver, and the settings give it to 2 only",
                "undo: {approvers: 3}|needs 3 approvers",
                "approval: {required: true, approvers: 2}|",
                "approval: {required: false, roles: [lead]}|"
            })
    void aPolicyThatNobodyCouldMeetIsAWarning(String line, @Nullable String warning) throws IOException {
        policy(line);

        List<String> warnings =
                files.load().warnings().stream().map(Problem::toString).toList();

        if (warning == null) {
            assertThat(warnings).isEmpty();
        } else {
            assertThat(warnings).singleElement().asString().contains("production.yaml:5:3: ", warning);
        }
    }

    @Test
    void aStepMaySayThatItDoesWhatCannotBePutBack() throws IOException {
        files.write("jobs/clean.yaml", TestWorkspace.JOB.formatted("clean") + """
                            - name: leases
                              connection: vault
                              kind: lease
                              select: {prefix: database/creds/app}
                              action: revoke
                              irreversible: true
                        """);

        assertThat(TestWorkspace.job(files.load(), "clean").steps())
                .singleElement()
                .matches(Step::irreversible);
    }
}
