package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.adapter.rest.Probe;
import dev.sweepback.journal.ActingLock;
import dev.sweepback.sandbox.Faults;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class DoctorProbeTest {

    @TempDir
    Path folder;

    private DescribedHome home;

    /** The process is gone: nothing catches this. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @BeforeEach
    void open() {
        home = new DescribedHome(folder);
        home.flagsmith.addFeature("dten-v2-checkout", "rollout");
        home.consul.put("dten/flags/v2-checkout", "on", 1);
        home.upgraded();
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void itSaysThatItWritesAndWhere() {
        Terminal.Answer answer = home.type("doctor", "--probe", "flagsmith", "--yes");

        assertThat(answer.exit()).isZero();
        assertThat(answer.err()).contains("This writes to Flagsmith at " + home.flagsmith.url());
        assertThat(answer.out()).containsPattern("proven +archive +exact");
        assertThat(home.flagsmith.names()).containsExactly("dten-v2-checkout");
    }

    @Test
    void doctorSaysWhichActionsOfTheJobsAreNotProvenAndWhatToRun() {
        String blocked = "action archive, named by job flagsmith-cleanup, is blocked: ";
        String remedy = "doctor --probe flagsmith`";

        Terminal.Answer fresh = home.type("doctor");
        home.data("doctor", "--probe", "flagsmith", "--yes");
        Terminal.Answer proven = home.type("doctor");
        home.edit("connectors/flagsmith.yaml", "archives the feature", "hides the feature");
        Terminal.Answer changed = home.type("doctor");

        assertThat(fresh.exit()).isZero();
        assertThat(fresh.out())
                .containsPattern(
                        "warning +connection flagsmith +" + blocked + "not proven on this system yet; remedy: run")
                .contains(remedy, "action remove, named by job consul-cleanup, is blocked: ");
        assertThat(proven.out())
                .doesNotContain(blocked)
                .containsPattern("ok +connection flagsmith +action archive is proven")
                .contains("action remove, named by job consul-cleanup, is blocked: ");
        assertThat(changed.out())
                .contains(blocked + "proven for another address or version of its description", remedy);
    }

    @Test
    void beforeAnythingIsRecordedNothingIsProven(@TempDir Path other) {
        try (DescribedHome untouched = new DescribedHome(other)) {
            assertThat(untouched.type("doctor").out())
                    .contains("none yet for", "action archive, named by job flagsmith-cleanup, is blocked: not proven");
        }
    }

    @Test
    void whatProbesLeftInASystemThatIsDownIsToldOnce() {
        home.http = next -> request -> {
            if (request.method().equals("PATCH")) {
                throw new Killed();
            }
            return next.send(request);
        };
        for (int index = 0; index < 2; index++) {
            assertThatThrownBy(() -> home.type("doctor", "--probe", "flagsmith", "--yes"))
                    .isInstanceOf(Killed.class);
        }
        home.http = UnaryOperator.identity();
        home.flagsmith.faults().next(99, Faults.request("GET", ".*")).answer(500, "application/json", "{}");

        Terminal.Answer doctor = home.type("doctor");

        List<String> told = doctor.out()
                .lines()
                .filter(line -> line.contains("did not take it away"))
                .toList();
        assertThat(told)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(
                                home.flagsmith.names().get(1),
                                home.flagsmith.names().get(2)));
    }

    @Test
    void itIsOnRecordBeforeAnythingIsMade() {
        home.data("doctor", "--probe", "flagsmith", "--yes", "--reason", "first use", "--ticket", "OPS-7");

        JsonNode begun = home.data("audit", "list", "--type", "connector.probing");
        JsonNode ended = home.data("audit", "list", "--type", "connector.probed");
        assertThat(begun).singleElement().satisfies(entry -> {
            assertThat(entry.path("connection").asString()).isEqualTo("flagsmith");
            assertThat(entry.path("kind").asString()).isEqualTo("feature");
            assertThat(entry.path("resource").asString()).startsWith(Probe.PREFIX);
            assertThat(entry.path("reason").asString()).isEqualTo("first use");
        });
        assertThat(ended.get(0).path("resource")).isEqualTo(begun.get(0).path("resource"));
        assertThat(home.type("audit", "verify").exit()).isZero();
    }

    @Test
    void whereNobodyCanBeAskedNothingIsDone() {
        Terminal.Answer answer = home.type("doctor", "--probe", "flagsmith");

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.err()).contains("nobody can be asked here, so nothing was done");
        assertThat(home.writes()).isZero();
    }

    @Test
    void aNameThatIsNotThereIsSaidBeforeAnythingElse() {
        Terminal.Answer answer = home.type("doctor", "--probe", "flagsmiht");

        assertThat(answer.exit()).isEqualTo(64);
        assertThat(answer.err())
                .contains("there is no connection 'flagsmiht'", "did you mean 'flagsmith'?")
                .doesNotContain("nobody can be asked");
        assertThat(home.type("doctor", "--probe", "nope").err()).contains("the connections are: flagsmith, consul");
    }

    @Test
    void besideAnotherThatActsNothingIsDone() {
        try (ActingLock held = ActingLock.acquire(folder.resolve("home"), "serve, process 4711")) {
            Terminal.Answer answer = home.type("doctor", "--probe", "flagsmith", "--yes");

            assertThat(held).isNotNull();
            assertThat(answer.exit()).isEqualTo(1);
            assertThat(answer.err()).contains("serve, process 4711");
        }
        assertThat(home.writes()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connectors/flagsmith.yaml | description: archives the feature; | description: hides the feature;",
                "sweepback.yaml | url: \"http://127.0.0.1 | url: \"http://localhost",
                "sweepback.yaml | project: \"12\" | project: \"13\""
            })
    void whatWasProvenHoldsForTheVeryAddressAndDescription(String file, String part, String other) {
        home.data("doctor", "--probe", "flagsmith", "--yes");
        assertThat(blocked()).isEmpty();

        home.edit(file, part, other);
        if (other.contains("13")) {
            home.edit(
                    "connectors/flagsmith.yaml",
                    "/api/v1/projects/{project}/features/\n    items",
                    "/api/v1/projects/12/features/\n    items");
        }

        assertThat(blocked())
                .singleElement()
                .satisfies(item -> assertThat(item.path("reason").asString())
                        .contains("proven for another address or version of its description"));
    }

    @Test
    void aPlanIsStaleOnceTheDescriptionHasChanged() {
        home.data("doctor", "--probe", "flagsmith", "--yes");
        JsonNode plan = home.data("plan", DescribedHome.FLAGSMITH_JOB);
        home.edit("connectors/flagsmith.yaml", "archives the feature", "hides the feature");

        Terminal.Answer answer = home.type("run", "--plan", plan.path("planId").asString(), "--yes");

        assertThat(answer.exit()).isEqualTo(6);
        assertThat(home.flagsmith.dump().toString()).doesNotContain("\"is_archived\":true");
    }

    @Test
    void whatIsNotAsDescribedIsNotBelieved() {
        home.edit("connectors/flagsmith.yaml", "body: {is_archived: \"{/is_archived}\"}", "body: {is_archived: true}");

        Terminal.Answer answer = home.type("doctor", "--probe", "flagsmith", "--yes");

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.out()).contains("not proven", "taken back, it differs at /is_archived");
        assertThat(home.flagsmith.names()).containsExactly("dten-v2-checkout");
        assertThat(blocked())
                .singleElement()
                .satisfies(item -> assertThat(item.path("reason").asString())
                        .contains("taken back, it differs at /is_archived", "correct the description"));
    }

    @Test
    void whatAKilledProbeLeftIsNamedUntilItIsGone() {
        home.http = next -> request -> {
            if (request.method().equals("PATCH")) {
                throw new Killed();
            }
            return next.send(request);
        };
        assertThatThrownBy(() -> home.type("doctor", "--probe", "flagsmith", "--yes"))
                .isInstanceOf(Killed.class);
        home.http = UnaryOperator.identity();
        String left = home.flagsmith.names().get(1);

        Terminal.Answer doctor = home.type("doctor");

        assertThat(left).startsWith(Probe.PREFIX);
        assertThat(doctor.exit()).isEqualTo(1);
        assertThat(doctor.out())
                .contains(
                        "a probe made feature '" + left + "' and did not take it away",
                        "remove it in the system by hand");

        home.flagsmith.removeFeature(left);

        assertThat(home.type("doctor").exit()).isZero();
    }

    @Test
    void whatCouldNotBeTakenAwayIsNamedAtOnceAndLater() {
        home.flagsmith.faults().next(9, Faults.request("DELETE", ".*")).answer(403, "application/json", "{}");

        Terminal.Answer answer = home.type("doctor", "--probe", "flagsmith", "--yes");
        home.flagsmith.faults().clear();

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.err()).contains("was made for the probe and may be left");
        assertThat(home.type("doctor").out()).contains("did not take it away");
    }

    @Test
    void whatCannotBeProbedIsSaid() {
        home.edit(
                "sweepback.yaml",
                "connections:\n",
                "connections:\n  unleash: {type: unleash, url: \"https://unleash.example.com\", project: default, token: \"env:T\"}\n");

        assertThat(home.type("doctor", "--probe", "flagsmit", "--yes"))
                .satisfies(answer -> assertThat(answer.exit()).isEqualTo(64))
                .satisfies(answer -> assertThat(answer.err()).contains("did you mean 'flagsmith'?"));
        assertThat(home.type("doctor", "--probe", "unleash", "--yes"))
                .satisfies(answer -> assertThat(answer.exit()).isEqualTo(64))
                .satisfies(answer -> assertThat(answer.err()).contains("built-in type unleash, which needs no probe"));
    }

    @Test
    void aDescriptionWithProblemsIsNamedWhereItIsUsed() {
        home.edit("connectors/flagsmith.yaml", "paging:", "pagin:");

        Terminal.Answer answer = home.type("validate");

        assertThat(answer.exit()).isEqualTo(64);
        assertThat(answer.err())
                .contains("connectors/flagsmith.yaml:18:5: unknown key 'pagin'", "did you mean 'paging'?")
                .contains("the description of type 'rest:flagsmith' has problems");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metadata: {name: flagsmith} | metadata: {name: flagsmith",
                "metadata: {name: flagsmith} | metadata: [",
                "metadata: {name: flagsmith} | metadata:\t{name: flagsmith}",
                "metadata: {name: flagsmith} | metadata: {title: flagsmith}",
                "metadata: {name: flagsmith} | metadata:"
            })
    void aDescriptionThatCannotBeReadIsNotCalledUnknown(String part, String other) {
        home.edit("connectors/flagsmith.yaml", part, other);

        Terminal.Answer answer = home.type("validate");

        assertThat(answer.exit()).isEqualTo(64);
        assertThat(answer.err())
                .contains("connectors/flagsmith.yaml:", "the description of type 'rest:flagsmith' has problems")
                .doesNotContain("'type' is 'rest:flagsmith'", "'kind' is 'feature'");
    }

    private List<JsonNode> blocked() {
        return home.data("plan", DescribedHome.FLAGSMITH_JOB)
                .path("blocked")
                .valueStream()
                .toList();
    }
}
