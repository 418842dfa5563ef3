package dev.sweepback.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.Traffic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ProbeTest {

    private static final String NAME = Probe.PREFIX + "x1";

    @TempDir
    Path folder;

    private LittleWorld world;

    @BeforeEach
    void open() {
        world = new LittleWorld(folder);
        world.add(3);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "retire"})
    void whatIsAsDeclaredIsProvenAndNothingIsLeft(String action) {
        ObjectNode before = world.twin.dump();

        Verdict verdict = probe(action);

        assertThat(verdict).isEqualTo(new Verdict(action, Verdict.Outcome.PROVEN, "", List.of(), ""));
        assertThat(world.twin.dump()).isEqualTo(before);
    }

    @Test
    void whatComesBackAsDeclaredUnderAnotherIdIsProven() {
        ObjectNode before = world.twin.dump();

        Verdict verdict = probe("remove");

        assertThat(verdict.proven()).as(verdict.reason()).isTrue();
        assertThat(verdict.differs()).contains("/key");
        assertThat(world.twin.dump()).isEqualTo(before);
    }

    static Stream<Arguments> notAsDeclared() {
        String notSeen = "'verify' does not see that it is done: ";
        return Stream.of(
                arguments(
                        "remove",
                        "{enabled: \"{/enabled}\", stage: \"{/stage}\"}",
                        "{stage: \"{/stage}\"}",
                        "taken back, it differs at /enabled"),
                arguments("remove", "/createdAt, secret", "secret", "taken back, it differs at /createdAt"),
                arguments(
                        "disable", "bookkeeping: [/meta]", "bookkeeping: []", notSeen + "it changed /enabled, /meta/"),
                arguments("disable", "{/enabled: false}", "{/stage: off}", notSeen + "it changed /enabled"),
                arguments("disable", "merge: {enabled: false}", "merge: {other: x}", notSeen + "nothing changed"),
                arguments("retire", ", touches: [/retiredAt]", "", notSeen + "it changed /enabled, /retiredAt, /stage"),
                arguments("retire", "{stage: \"{/stage}\"}", "{stage: draft}", "taken back, it differs at /stage"),
                arguments("disable", "{labels: [changed, by hand]}", "{}", "('probe.change') is not seen"),
                arguments("remove", "{labels: [changed, by hand]}", "{}", "('probe.change') is not seen"),
                arguments("disable", "    prepare:\n", "    # ", "let 'probe.prepare' bring"),
                arguments("disable", "  id: /key\n  name", "  id: /title\n  name", "is not in the list"));
    }

    @ParameterizedTest
    @MethodSource("notAsDeclared")
    void whatIsNotAsDeclaredIsSaidAndNothingIsLeft(String action, String part, String other, String reason) {
        ObjectNode before = world.twin.dump();
        world.saying(part, other);

        Verdict verdict = probe(action);

        assertThat(verdict.proven()).isFalse();
        assertThat(verdict.reason()).contains(reason);
        assertThat(world.twin.dump().equals(before))
                .as("taken away, or named: %s", verdict)
                .isEqualTo(verdict.left().isEmpty());
    }

    @Test
    void whatWasThereBeforeIsNotTouchedWhateverTheAnswerToCreateSays() {
        String key = world.twin.add("dten-v2", true, "live");
        ObjectNode before = world.twin.dump();
        world.twin
                .faults()
                .next(Faults.request("POST", ".*"))
                .answer(201, "application/json", "{\"key\":\"" + key + "\"}");

        Verdict verdict = probe("disable");

        assertThat(verdict.proven()).isFalse();
        assertThat(verdict.reason()).contains("which was there before the probe: nothing was done to it");
        assertThat(world.twin.dump()).isEqualTo(before);
    }

    @Test
    void whatCannotBeTakenAwayIsNamed() {
        world.twin.faults().next(9, Faults.request("DELETE", ".*")).answer(403, "application/json", "{}");

        Verdict verdict = probe("disable");

        assertThat(verdict.proven()).isFalse();
        assertThat(verdict.left()).contains("thing 'k-4' was made for the probe and may be left", "remove it by hand");
    }

    @Test
    void whatWasMadeIsTakenAwayAlsoWhenTheProbeFails() {
        ObjectNode before = world.twin.dump();
        world.twin.faults().next(9, Faults.request("PUT", ".*")).answer(500, "application/json", "{}");

        Verdict verdict = probe("disable");

        assertThat(verdict.proven()).isFalse();
        assertThat(verdict.reason()).contains("was answered with 500");
        assertThat(verdict.left()).isEmpty();
        assertThat(world.twin.dump()).isEqualTo(before);
    }

    @Test
    void whatWasMadeWithoutAnAnswerIsFoundByItsName() {
        ObjectNode before = world.twin.dump();
        world.twin.faults().next(Faults.request("POST", ".*")).resetAfterwards();

        Verdict verdict = probe("disable");

        assertThat(verdict.proven()).isFalse();
        assertThat(verdict.left()).isEmpty();
        assertThat(world.twin.dump()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "retire", "remove"})
    void aTimeInWholeSecondsIsSeenToChangeHoweverFastTheSystemIs(String action) {
        world.took = Duration.ZERO;
        world.saying("bookkeeping: [/meta]", "bookkeeping: [/meta/version, /meta/changed]");

        Verdict verdict = probe(action);

        assertThat(verdict.proven()).isFalse();
        assertThat(verdict.reason()).contains("/meta/second");
    }

    @Test
    void asSoonAsItIsAskedToStopNothingButTheTakingAwayFollows() {
        ObjectNode before = world.twin.dump();
        world.twin.traffic().clear();

        Verdict verdict = probe("disable", () -> changes().contains("PUT"));

        assertThat(verdict.stopped()).isTrue();
        assertThat(verdict.proven()).isFalse();
        assertThat(verdict.left()).isEmpty();
        assertThat(changes()).containsExactly("POST", "PUT", "DELETE");
        assertThat(world.twin.dump()).isEqualTo(before);
    }

    @Test
    void askedToStopItNamesWhatItCouldNotTakeAway() {
        world.twin.faults().next(9, Faults.request("DELETE", ".*")).answer(403, "application/json", "{}");

        Verdict verdict = probe("disable", () -> changes().contains("PUT"));

        assertThat(verdict.stopped()).isTrue();
        assertThat(verdict.left()).contains("thing 'k-4' was made for the probe and may be left");
    }

    @Test
    void askedToStopBeforeItBeginsItMakesNothing() {
        world.twin.traffic().clear();

        Verdict verdict = probe("disable", () -> true);

        assertThat(verdict.stopped()).isTrue();
        assertThat(world.twin.traffic().total()).isZero();
    }

    @Test
    void ofASystemThatIsDownNothingIsSaidToBeLeft() {
        world.twin.faults().next(99, Faults.request("GET", ".*")).answer(502, "text/html", "down");

        Verdict verdict = probe("disable");

        assertThat(verdict.proven()).isFalse();
        assertThat(verdict.reason()).contains("502");
        assertThat(verdict.left()).isEmpty();
    }

    @Test
    void whatTheSystemRefusedToMakeIsNotLookedFor() {
        world.twin.traffic().clear();
        world.twin.faults().next(Faults.request("POST", ".*")).answer(403, "application/json", "{}");

        Verdict verdict = probe("disable");

        assertThat(verdict.left()).isEmpty();
        assertThat(methods()).containsExactly("GET", "POST");
    }

    @Test
    void whatMayHaveBeenMadeAndCannotBeLookedForIsSaidToBeNoMoreThanThat() {
        world.twin.faults().next(Faults.request("POST", ".*")).resetAfterwards();
        world.twin.listAs(body -> changes().isEmpty() ? body : body.without("things"));

        Verdict verdict = probe("disable");

        assertThat(verdict.left()).contains("'" + NAME + "' may have been made for the probe", "look for it");
    }

    private List<String> methods() {
        return world.twin.traffic().exchanges().stream()
                .map(Traffic.Exchange::method)
                .toList();
    }

    private List<String> changes() {
        return methods().stream().filter(method -> !method.equals("GET")).toList();
    }

    @Test
    void withoutAChangeByHandItSaysWhatWasNotTried() {
        world.saying(
                "    change: {method: PUT, path: \"/api/{place}/things/{id}\", body: {labels: [changed, by hand]}}\n",
                "");

        Verdict verdict = probe("disable");

        assertThat(verdict.proven()).isTrue();
        assertThat(verdict.reason()).contains("there is no 'change'");
    }

    private Verdict probe(String action) {
        return probe(action, () -> false);
    }

    private Verdict probe(String action, BooleanSupplier stop) {
        return world.connector().probe(world.connection()).of(action, NAME, world.clock, stop);
    }
}
