package dev.sweepback.adapter.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.GithubDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Hooks that are re-created with the secret that a step names. */
class GithubSecretsTest {

    private GithubWorld world = GithubWorld.ofARepository();

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"repository", "organization"})
    void aRecreatedHookSignsAgainWithTheSameSecretAndDiffersInItsIdAlone(String owner) {
        if (owner.equals("organization")) {
            world.close();
            world = GithubWorld.ofAnOrganization();
        }
        Order order = removed(GithubWorld.SECRET, GithubWorld.WITH_SECRET);
        Reversal reversal = world.reversal(order);

        world.revert(reversal);

        Look look = world.look(reversal);
        assertThat(look.progress()).isEqualTo(Progress.DONE);
        assertThat(world.state(look.resource())).isEqualTo(order.before());
        world.twin.deliver("push", 200);
        GithubDelivery delivery =
                world.twin.lastDelivery(Long.parseLong(look.resource().id())).orElseThrow();
        assertThat(delivery.signature()).isEqualTo("sha256=" + GithubWorld.hmac(GithubWorld.SECRET, delivery.body()));
    }

    @Test
    void aHookWithoutSecretGetsNoneThoughTheStepNamesOne() {
        Reversal reversal = world.reversal(removed(null, GithubWorld.WITH_SECRET));

        world.revert(reversal);

        assertThat(world.look(reversal).progress()).isEqualTo(Progress.DONE);
        assertThat(world.twin.secretOf(world.hookIds().get(0))).isEmpty();
    }

    @Test
    void theSecretIsLostOnlyWhereThereIsOneAndTheStepNamesNone() {
        long signed = world.hook(GithubWorld.SECRET);
        long open = world.hook("https://open.example.com/", null);

        assertThat(lost(signed, Instructions.NONE)).containsExactly("id", "delivery history", "secret");
        assertThat(lost(signed, GithubWorld.WITH_SECRET)).containsExactly("id", "delivery history");
        assertThat(lost(open, Instructions.NONE)).containsExactly("id", "delivery history");
    }

    @Test
    void aSecretThatCannotBeResolvedIsAnObjectionToThePlan() {
        assertThat(world.objection(Instructions.NONE)).isEmpty();
        assertThat(world.objection(GithubWorld.WITH_SECRET)).isEmpty();

        world.environment.remove("HOOK_SECRET");

        assertThat(world.objection(GithubWorld.WITH_SECRET))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("env:HOOK_SECRET")
                        .contains("set it")
                        .doesNotContain(GithubWorld.SECRET));
        assertThat(world.objection(Instructions.NONE)).isEmpty();
    }

    @Test
    void aSecretThatIsGoneAtUndoCreatesNothingUntilItIsBack() {
        Order order = removed(GithubWorld.SECRET, GithubWorld.WITH_SECRET);
        Reversal reversal = world.reversal(order);
        world.environment.remove("HOOK_SECRET");

        ConnectorException failure = GithubWorld.failure(world.revert(reversal));

        assertThat(failure.kind()).isEqualTo(Kind.SECRET);
        assertThat(world.hookIds()).isEmpty();
        world.environment.put("HOOK_SECRET", GithubWorld.SECRET);
        assertThat(world.revert(reversal)).isInstanceOf(Answer.Accepted.class);
        assertThat(world.twin.secretOf(world.hookIds().get(0))).contains(GithubWorld.SECRET);
    }

    @Test
    void theSecretIsNotNeededBeforeUndo() {
        world.environment.remove("HOOK_SECRET");

        Order order = removed(GithubWorld.SECRET, GithubWorld.WITH_SECRET);

        assertThat(world.look(order).progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void theSecretIsInNoSnapshotMessageOrTextOfARequest() {
        Order order = removed(GithubWorld.SECRET, GithubWorld.WITH_SECRET);
        Reversal reversal = world.reversal(order);
        world.twin
                .faults()
                .next(Faults.request("POST", ".*"))
                .answer(
                        422,
                        "application/json",
                        "{\"message\":\"Validation Failed\",\"errors\":[{\"message\":\"" + GithubWorld.SECRET
                                + " is too short\"}]}");

        ConnectorException failure = GithubWorld.failure(world.revert(reversal));
        Answer answer = world.revert(reversal);

        State now = world.state(world.look(reversal).resource());
        assertThat(new String(order.before().bytes(), StandardCharsets.UTF_8)
                        + new String(now.bytes(), StandardCharsets.UTF_8)
                        + failure.getMessage()
                        + failure.remedy()
                        + answer
                        + reversal
                        + world.sent())
                .doesNotContain(GithubWorld.SECRET);
        assertThat(world.sent())
                .as("it was sent")
                .anyMatch(request -> request.body()
                        .filter(body -> body.toString().contains(GithubWorld.SECRET))
                        .isPresent());
    }

    @Test
    void aHookThatSomebodyPutBackUnsignedIsNotOurs() {
        Reversal reversal = world.reversal(removed(GithubWorld.SECRET, GithubWorld.WITH_SECRET));
        world.hook(null);

        assertThat(world.look(reversal).progress()).isEqualTo(Progress.FOREIGN);
        assertThat(GithubWorld.failure(world.revert(reversal)).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void aHookThatWasDisabledAndThenRemovedComesBackActiveAndSigned() {
        Order disabling = world.order(world.hook(GithubWorld.SECRET), "disable", GithubWorld.WITH_SECRET);
        world.apply(disabling);
        Reversal ofDisabling = world.reversal(disabling);
        Order removing = world.order(Long.parseLong(disabling.resource().id()), "remove", GithubWorld.WITH_SECRET);
        world.apply(removing);
        Reversal ofRemoving = world.reversal(removing);
        world.clock.advance(Duration.ofDays(2));

        world.revert(ofRemoving);
        Reversal there = new Reversal(
                ofDisabling.operation(),
                world.look(ofRemoving).resource(),
                "disable",
                ofDisabling.before(),
                ofDisabling.after(),
                world.clock.instant(),
                ofDisabling.instructions());
        world.revert(there);

        assertThat(world.state(there.resource())).isEqualTo(disabling.before());
        assertThat(world.twin.secretOf(world.hookIds().get(0))).contains(GithubWorld.SECRET);
    }

    private Iterable<String> lost(long id, Instructions instructions) {
        return world.connector
                .reversible("remove", world.listed(id), instructions)
                .lost();
    }

    /** Only one that undo created has lost its secret by our doing. */
    @Test
    void undoLeavesAHookAloneWhoseSecretSomebodyTookAway() {
        long id = world.hook(GithubWorld.SECRET);
        Order order = world.order(id, "disable");
        world.apply(order);
        Reversal reversal = world.reversal(order);
        world.twin.changeHook(id, JsonMapper.shared().readTree("{\"config\": {\"secret\": \"\"}}"));

        assertThat(world.look(reversal).progress()).isEqualTo(Progress.FOREIGN);
        assertThat(((Answer.Failed) world.revert(reversal)).error().kind()).isEqualTo(Kind.CONFLICT);
        assertThat(world.listed(id).fields()).containsEntry("active", false);
    }

    private Order removed(@Nullable String secret, Instructions instructions) {
        Order order = world.order(world.hook(secret), "remove", instructions);
        world.apply(order);
        return order;
    }
}
