package dev.sweepback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DtenScenarioTest {

    private final SteppedClock clock = new SteppedClock();
    private final Sandbox sandbox = Sandbox.start(clock);
    private final DtenScenario scenario = new DtenScenario(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private void tell() {
        scenario.seedBefore();
        clock.advance(Duration.ofMinutes(40));
        scenario.duringWindow();
        clock.advance(Duration.ofHours(3));
        scenario.afterWindow();
    }

    @Test
    void theWorldHasOneHundredAndFiftyResourcesBesidesItsOwnTokens() {
        tell();

        ObjectNode dump = sandbox.dump();
        dump.remove("token:" + sandbox.vault().rootAccessor());
        dump.remove("token:" + scenario.daemonToken().accessor());

        assertThat(dump.size()).isEqualTo(150);
        assertThat(count(scenario.leftovers(), "flag:")).isEqualTo(9);
        assertThat(count(scenario.leftovers(), "webhook:")).isEqualTo(6);
        assertThat(count(scenario.leftovers(), "lease:")).isEqualTo(6);
        assertThat(count(scenario.leftovers(), "token:")).isEqualTo(2);
        assertThat(dump.propertyNames()).containsAll(scenario.leftovers());
        assertThat(scenario.nearMisses()).hasSizeGreaterThanOrEqualTo(6).allSatisfy(miss -> {
            assertThat(dump.has(miss.what())).as(miss.what()).isTrue();
            assertThat(scenario.leftovers()).doesNotContain(miss.what());
        });
    }

    @Test
    void theLeftoversAreLessThanAFifthOfWhatTheirConnectionsList() {
        tell();

        ObjectNode dump = sandbox.dump();

        for (String kind : List.of("flag:", "webhook:", "token:")) {
            long all = count(List.copyOf(dump.propertyNames()), kind);
            assertThat(count(scenario.leftovers(), kind) * 5).as(kind).isLessThan(all);
        }
    }

    @Test
    void theDaemonsTokenMayRevokeALeaseAndNotForceIt() throws Exception {
        tell();
        TwinClient client =
                TwinClient.vault(sandbox.vault(), scenario.daemonToken().id());
        String lease = sandbox.vault().leasesOf(DtenScenario.MIGRATOR_ROLE).get(0);

        TwinClient.Answer forced = client.send("PUT", "/v1/sys/leases/revoke-force/database/creds/dten-migrator", "");
        TwinClient.Answer revoked =
                client.send("PUT", "/v1/sys/leases/revoke", "{\"lease_id\":\"%s\"}".formatted(lease));

        assertThat(forced.status()).isEqualTo(403);
        assertThat(revoked.status()).isEqualTo(204);
        assertThat(sandbox.vault().leaseIsLive(lease)).isFalse();
    }

    @Test
    void everythingLivesThroughTheNineDaysOfTheStory() {
        tell();
        ObjectNode before = sandbox.dump();

        clock.advance(Duration.ofDays(9));
        Comparison comparison = Comparison.between(before, sandbox.dump());

        assertThat(comparison.exact()).isEqualTo(comparison.things()).isEqualTo(152);
        assertThat(comparison.different()).isEmpty();
    }

    @Test
    void onlyOneLeaseOfTheRoleWasIssuedAfterTheWindow() {
        tell();

        ObjectNode dump = sandbox.dump();
        List<String> later = sandbox.vault().leasesOf(DtenScenario.MIGRATOR_ROLE).stream()
                .map(id -> "lease:" + id)
                .filter(name -> Json.text(dump.path(name), "issue_time", "")
                                .compareTo(scenario.windowEnd().toString())
                        > 0)
                .toList();

        assertThat(later).hasSize(1).doesNotContainAnyElementsOf(scenario.leftovers());
    }

    @Test
    void aForeignChangeShowsAsExactlyThatField() {
        tell();
        ObjectNode before = sandbox.dump();

        String changed = scenario.foreignChange();
        Comparison comparison = Comparison.between(before, sandbox.dump());

        assertThat(comparison.different()).containsExactly(new Comparison.Difference(changed, List.of("/config/url")));
    }

    @Test
    void theFlagInUseIsTheOneThatMoves() {
        tell();
        clock.advance(Duration.ofDays(8));

        scenario.applicationsEvaluate();

        assertThat(sandbox.unleash()
                        .dump()
                        .at("/flag:" + DtenScenario.FLAG_IN_USE + "/bookkeeping/lastSeenAt")
                        .asString(""))
                .isEqualTo(UnleashViews.time(clock.instant()));
    }

    private static long count(List<String> names, String prefix) {
        return names.stream().filter(name -> name.startsWith(prefix)).count();
    }
}
