package dev.sweepback.adapter.unleash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Sighting;
import dev.sweepback.connector.Use;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** What becomes of flags that somebody changes while they lie in the archive. */
class ArchivedFlagsTest extends FlagStory {

    @ParameterizedTest
    @ValueSource(strings = {"description", "type", "tag", "strategy", "variants"})
    void whatSomebodyChangedInTheArchiveIsLeftThere(String what) {
        add("a");
        twin.setEnabled("a", "production", true);
        Order order = order("a");
        apply(List.of(order));
        Reversal reversal = reversal(order);
        switch (what) {
            case "description" -> twin.changeFlag("a", json().put("description", "kept for the audit"));
            case "type" -> twin.changeFlag("a", json().put("type", "kill-switch"));
            case "tag" -> twin.addTag("a", "simple:keep");
            case "variants" -> twin.setVariants("a", variants());
            default -> twin.addStrategy("a", "production", json().put("name", "default"));
        }

        Look look = look(reversal);
        Answer answer = revert(List.of(reversal)).get(0);

        assertThat(look.progress()).isEqualTo(Progress.FOREIGN);
        assertThat(reversal.after().differences(((Capture.Present) look.now()).state()))
                .isNotEmpty();
        assertThat(failure(answer).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(twin.isLive("a")).isFalse();
        assertThat(twin.events("feature-revived", "a")).isZero();
    }

    @Test
    void aStrategyThatWasEditedInTheArchiveIsAChangeToo() {
        add("a");
        String strategy = twin.addStrategy("a", "production", json().put("name", "default"));
        Order order = order("a");
        apply(List.of(order));
        Reversal reversal = reversal(order);
        http.writing(connection())
                .send(Request.of(
                                "PATCH",
                                "/api/admin/projects/default/features/a/environments/production/strategies/{}",
                                strategy)
                        .header("Authorization", twin.token())
                        .body(JsonMapper.shared()
                                .readTree("[{\"op\":\"replace\",\"path\":\"/title\",\"value\":\"by hand\"}]")));

        assertThat(look(reversal).progress()).isEqualTo(Progress.FOREIGN);
        assertThat(revert(List.of(reversal)).get(0)).isInstanceOf(Answer.Failed.class);
        assertThat(twin.isLive("a")).isFalse();
    }

    @Test
    void whatWasChangedRightBeforeItWasArchivedIsNotRevived() {
        add("a");
        Order order = order("a");
        twin.changeFlag("a", json().put("stale", true));
        apply(List.of(order));
        Reversal reversal = reversal(order);

        assertThat(look(reversal).progress()).isEqualTo(Progress.FOREIGN);
        assertThat(revert(List.of(reversal)).get(0)).isInstanceOf(Answer.Failed.class);
        assertThat(twin.isLive("a")).isFalse();
    }

    @Test
    void beingUsedInTheArchiveIsNoChange() {
        add("a");
        Order order = order("a");
        apply(List.of(order));
        Reversal reversal = reversal(order);
        clock.advance(Duration.ofHours(1));
        twin.evaluate("a", "shop", "production");

        assertThat(look(reversal).progress()).isEqualTo(Progress.NOT_BEGUN);
        assertThat(revert(List.of(reversal)).get(0)).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void aStrategyThatWasAddedRightBeforeItWasArchivedIsSeenInTheArchive() {
        add("a");
        Order order = order("a");
        twin.addStrategy("a", "production", json().put("name", "default"));
        apply(List.of(order));
        Reversal reversal = reversal(order);

        assertThat(look(reversal).progress()).isEqualTo(Progress.FOREIGN);
        assertThat(revert(List.of(reversal)).get(0)).isInstanceOf(Answer.Failed.class);
        assertThat(twin.isLive("a")).isFalse();
    }

    @Test
    void aChangeThatOnlyALiveFlagShowsLeavesItRevivedAndOffAndSaysSo() {
        add("a");
        twin.setEnabled("a", "production", true);
        Order order = order("a");
        twin.addLink("a", "https://example.org/t/1", "ticket");
        apply(List.of(order));
        Reversal reversal = reversal(order);

        Answer answer = revert(List.of(reversal)).get(0);

        assertThat(failure(answer))
                .hasMessageContaining("undo revived the flag 'a'")
                .hasMessageContaining("/links/");
        assertThat(resource("a").fields().get("enabledIn")).isEqualTo(List.of());
    }

    private static ArrayNode variants() {
        ArrayNode variants = JsonMapper.shared().createArrayNode();
        variants.addObject().put("name", "blue").put("weight", 1000).put("stickiness", "default");
        return variants;
    }

    @Test
    void whoOnlyWatchesSeesTheSameWithOneRequest() {
        add("a");
        add("live");
        apply(List.of(order("a")));
        clock.advance(Duration.ofHours(1));
        twin.evaluate("a", "shop", "production");
        Resource captured = ((Capture.Present) capture("a")).resource();
        twin.traffic().clear();

        List<Sighting> sightings = watch("a");

        assertThat(twin.traffic().exchanges()).hasSize(1);
        assertThat(sightings).containsExactly(new Sighting.Present(captured));
        assertThat(captured.use()).isInstanceOf(Use.At.class);
        assertThat(watch("live")).containsExactly(new Sighting.Present(((Capture.Present) capture("live")).resource()));
        assertThat(watch("gone")).containsExactly(new Sighting.Absent());
    }

    @Test
    void whoOnlyWatchesIsToldWhatCouldNotBeRead() {
        add("a");
        apply(List.of(order("a")));
        twin.faults().next(request -> true).answer(403, "application/json", "{}");

        assertThat(watch("a"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Sighting.Unknown.class,
                        unknown -> assertThat(unknown.error().kind()).isEqualTo(Kind.FORBIDDEN));
    }

    private List<Sighting> watch(String flag) {
        try (Reader reader = connector(twin.token()).reader(connection())) {
            return reader.watch(List.of(new ResourceRef("flag", "unleash", flag)));
        }
    }
}
