package dev.sweepback.adapter.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Use;
import dev.sweepback.plan.Idle;
import dev.sweepback.sandbox.Faults;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where GitHub would lead a careless connector astray about the use of hooks. Each test names what it rests on. */
class GithubUseTrapsTest {

    private GithubWorld world = GithubWorld.ofARepository();

    @AfterEach
    void close() {
        world.close();
    }

    private void on(String owner) {
        world.close();
        world = GithubWorld.of(owner);
    }

    /** Parameter {@code cursor}: "Refer to the link header for the next and previous page cursors". There is no page number. */
    @ParameterizedTest
    @ValueSource(strings = {"repository", "organization"})
    void deliveriesAreReadByCursorUntilOneIsUse(String owner) {
        on(owner);
        long id = world.hook(null);
        world.twin.deliver("push", 200);
        Instant used = seconds();
        for (int ping = 0; ping < 150; ping++) {
            world.twin.ping(id, 200);
        }

        assertThat(world.use(id)).isEqualTo(new Use.At(used));

        assertThat(deliveryQueries()).hasSize(2);
        assertThat(deliveryQueries().get(1)).contains("cursor=v1_").doesNotContain("page=2");
    }

    /** GitHub keeps what somebody tried out or sent again beside what an event sent: {@code redelivery}, {@code event}. */
    @Test
    void pingsRedeliveriesAndFailedDeliveriesAreNoUse() {
        long id = world.hook(null);
        world.twin.deliver("push", 500);
        world.twin.redeliver(id, 200);
        world.twin.ping(id, 200);
        // with status=success GitHub gives 200 to 399, but it follows no redirect: nobody took this one
        world.twin.deliver("push", 302);

        assertThat(world.use(id)).isEqualTo(new Use.NotTold());
    }

    /** Deliveries are kept for some days only. Nothing known is not "never used": that would remove what is used monthly. */
    @ParameterizedTest
    @ValueSource(strings = {"repository", "organization"})
    void noDeliveryThatGitHubStillKnowsIsNotDisuse(String owner) {
        on(owner);
        long id = world.hook(null);
        world.twin.deliver("push", 200);
        world.clock.advance(Duration.ofDays(20));

        assertThat(world.use(id)).isEqualTo(new Use.NotTold());
    }

    /** Three hundred deliveries without one that counts: there may be one behind them, so the hook counts as used. */
    @Test
    void aHookWhoseDeliveriesAreTooManyToReadCountsAsUsed() {
        long id = world.hook(null);
        for (int ping = 0; ping < 301; ping++) {
            world.twin.ping(id, 200);
        }

        assertThat(world.use(id)).isEqualTo(new Use.Unknown());
        assertThat(deliveryQueries()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"repository", "organization"})
    void aHookThatDeliveredLatelyIsKeptByMinIdle(String owner) {
        on(owner);
        long id = world.hook(null);
        world.twin.deliver("push", 200);
        world.clock.advance(Duration.ofDays(1));

        assertThat(Idle.objection(world.use(id), Duration.ofDays(7), world.clock.instant()))
                .hasValueSatisfying(kept -> assertThat(kept.reason()).startsWith("used 1d"));
    }

    /** What cannot be asked is not "not told", and one hook that is gone says nothing about the others. */
    @Test
    void deliveriesThatCannotBeReadAreNoEvidenceOfDisuse() {
        Resource gone = world.listed(world.hook(null));
        Resource there = world.listed(world.hook("https://there.example.com/", null));
        world.twin.deliver("push", 200);
        world.twin.removeHook(Long.parseLong(gone.ref().id()));
        try (Reader reader = world.connector.reader(world.connection())) {
            assertThat(reader.use(List.of(gone, there))).containsExactly(new Use.Unknown(), new Use.At(seconds()));

            world.twin.faults().next(Faults.request("GET", ".*deliveries")).answer(500, "application/json", "{}");
            assertThat(catchThrowableOfType(ConnectorException.class, () -> reader.use(List.of(there))))
                    .isNotNull();
        }
    }

    /** GitHub answers 404 to what a token may not see: of a hook that is still there, that is no answer about its use. */
    @Test
    void deliveriesThatAreNotFoundOfAHookThatIsThereAreNotRead() {
        Resource there = world.listed(world.hook(null));
        world.twin.faults().next(Faults.request("GET", ".*deliveries")).answer(404, "application/json", "{}");

        try (Reader reader = world.connector.reader(world.connection())) {
            assertThat(catchThrowableOfType(ConnectorException.class, () -> reader.use(List.of(there)))
                            .kind())
                    .isEqualTo(ConnectorException.Kind.NOT_FOUND);
        }
    }

    /** "Last response may return null if there have not been any deliveries within 30 days": {@code GET …/hooks}. */
    @Test
    void aLastResponseThatGitHubHasForgottenIsNotUnused() {
        long id = world.hook(null);
        world.twin.deliver("push", 200);
        assertThat(world.listed(id).fields()).containsEntry("lastStatus", "active");

        world.clock.advance(Duration.ofDays(31));

        assertThat(world.exchanges.get(0).response().body()).contains("last_response");
        assertThat(world.listed(id).fields()).doesNotContainKey("lastStatus");
        assertThat(world.exchanges.get(world.exchanges.size() - 1).response().body())
                .contains("\"status\":\"unused\"");
    }

    /** Schema {@code org-hook} has no {@code last_response}: use shows in the deliveries alone. */
    @Test
    void aHookOfAnOrganizationHasNoLastResponseAndItsUseShowsInItsDeliveries() {
        on("organization");
        long id = world.hook(null);
        world.twin.deliver("push", 200);

        Resource hook = world.listed(id);

        assertThat(hook.fields()).doesNotContainKey("lastStatus");
        assertThat(hook.use()).isEqualTo(new Use.NotTold());
        assertThat(world.use(id)).isEqualTo(new Use.At(seconds()));
    }

    private Instant seconds() {
        return world.clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private List<String> deliveryQueries() {
        return world.sent().stream()
                .filter(request -> request.path().endsWith("/deliveries"))
                .map(Request::query)
                .toList();
    }
}
