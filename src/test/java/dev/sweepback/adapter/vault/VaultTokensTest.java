package dev.sweepback.adapter.vault;

import static dev.sweepback.adapter.vault.VaultWorld.tokenRef;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.State;
import dev.sweepback.sandbox.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class VaultTokensTest {

    private static final Handover KV = VaultWorld.kv("secret/handover/dten");

    private final VaultWorld world = new VaultWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private Resource found(String accessor) {
        return Objects.requireNonNull(found().get(accessor), accessor);
    }

    private Map<String, Resource> found() {
        try (Reader reader = world.tokens.reader(world.connection)) {
            return reader.find(Scope.WHOLE).resources().stream()
                    .collect(Collectors.toMap(resource -> resource.ref().id(), Function.identity()));
        }
    }

    private String reason(String accessor) {
        return found(accessor).untouchable().orElse("");
    }

    @Test
    void listsTokensWithWhatConditionsNeed() {
        String accessor = world.token(",'display_name':'dten','meta':{'upgrade':'2'},'num_uses':7");

        Resource token = found(accessor);

        assertThat(token.fields())
                .containsEntry("displayName", "token-dten")
                .containsEntry("policies", List.of("dten"))
                .containsEntry("meta", Map.of("upgrade", "2"))
                .containsEntry("orphan", true)
                .containsEntry("numUses", 7L)
                .containsEntry("expiresAt", world.clock.instant().plus(Duration.ofHours(2)));
        assertThat(token.untouchable()).isEmpty();
    }

    @Test
    void itsOwnRootAndWrappingTokensAreUntouchable() {
        world.revert(world.tokens, world.revoked(world.tokens, tokenRef(world.token("")), KV));

        assertThat(reason(world.own.accessor())).contains("own token");
        assertThat(reason(world.twin.rootAccessor())).contains("root");
        assertThat(found().values())
                .filteredOn(token -> token.untouchable().orElse("").contains("hand-over"))
                .hasSize(1);
    }

    @Test
    void theWriterRefusesItsOwnTokenAndRootWhateverTheOrderSays() {
        Order own = world.order(world.tokens, tokenRef(world.own.accessor()));
        Order root = world.order(world.tokens, tokenRef(world.twin.rootAccessor()));

        assertThat(world.apply(world.tokens, own)).isInstanceOf(Answer.Failed.class);
        assertThat(world.apply(world.tokens, root)).isInstanceOf(Answer.Failed.class);

        assertThat(world.twin.tokenIsLive(world.own.accessor())).isTrue();
        assertThat(world.twin.tokenIsLive(world.twin.rootAccessor())).isTrue();
    }

    @Test
    void theTokenThatAReissuedLeaseLivesUnderIsUntouchable() {
        world.revert(
                world.leases,
                world.revoked(world.leases, VaultWorld.lease(world.twin.issueLease("dten-migrator")), KV));

        assertThat(found().values())
                .filteredOn(token -> token.untouchable().orElse("").contains("lease"))
                .singleElement()
                .satisfies(token -> assertThat(token.fields()).containsEntry("displayName", "token-sweepback-undo"));
    }

    @Test
    void whatIsAlreadyGoneIsAccepted() {
        String accessor = world.token("");
        Order order = world.order(world.tokens, tokenRef(accessor));
        world.twin.revokeToken(accessor);

        assertThat(world.apply(world.tokens, order)).isInstanceOf(Answer.Accepted.class);
        assertThat(world.look(world.tokens, order).progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void aTokenThatTicksIsUnchangedAndOneThatWasUsedIsNot() {
        String accessor = world.token(",'num_uses':7");
        Order order = world.order(world.tokens, tokenRef(accessor));
        world.clock.advance(Duration.ofSeconds(90));

        assertThat(world.look(world.tokens, order).progress()).isEqualTo(Progress.NOT_BEGUN);

        ObjectNode used = order.before().content().put("num_uses", 8);
        Order other = new Order(
                order.operation(),
                order.resource(),
                order.action(),
                State.of(used),
                order.announcedAt(),
                order.instructions());
        assertThat(world.look(world.tokens, other).progress()).isEqualTo(Progress.FOREIGN);
    }

    @Test
    void undoIssuesAnEquivalentTokenAndShowsWhatDiffers() {
        String accessor = world.token(",'display_name':'dten','meta':{'upgrade':'2'},'num_uses':7,'renewable':false");
        Reversal reversal = world.revoked(world.tokens, tokenRef(accessor), KV);
        world.clock.advance(Duration.ofMinutes(30));
        assertThat(world.look(world.tokens, reversal).progress()).isEqualTo(Progress.NOT_BEGUN);

        Answer answer = world.revert(world.tokens, reversal);
        Look look = world.look(world.tokens, reversal);

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(look.progress()).isEqualTo(Progress.DONE);
        assertThat(look.resource().id()).isNotEqualTo(accessor);
        assertThat(world.twin.tokenIsLive(look.resource().id())).isTrue();
        State now = ((Capture.Present) look.now()).state();
        assertThat(now.differences(reversal.before()))
                .containsExactly("/accessor", "/creation_ttl", "/issue_time", "/meta/sweepback_op", "/path");
    }

    @Test
    void aPeriodicTokenComesBackWithoutItsPeriodAndThePlanSaysSo() {
        String accessor = world.token(",'period':'2h'");
        Resource listed = found(accessor);
        Reversal reversal = world.revoked(world.tokens, tokenRef(accessor), KV);

        Answer answer = world.revert(world.tokens, reversal);

        assertThat(world.tokens.reversible("revoke", listed, Instructions.NONE).lost())
                .contains("period");
        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        Resource token = ((Capture.Present) world.look(world.tokens, reversal).now()).resource();
        assertThat(token.fields())
                .containsEntry("period", 0L)
                .containsEntry("expiresAt", world.clock.instant().plus(Duration.ofHours(2)));
    }

    @Test
    void anOriginalThatWouldHaveExpiredIsIssuedForItsWholeLifetime() {
        Reversal reversal = world.revoked(world.tokens, tokenRef(world.token("")), KV);
        world.clock.advance(Duration.ofHours(5));

        world.revert(world.tokens, reversal);

        Resource token = ((Capture.Present) world.look(world.tokens, reversal).now()).resource();
        assertThat(token.fields())
                .containsEntry("expiresAt", world.clock.instant().plus(Duration.ofHours(2)));
    }

    @Test
    void aTokenWhoseAnswerWasLostIsRevokedAndIssuedAgain() {
        Reversal reversal = world.revoked(world.tokens, tokenRef(world.token("")), KV);
        world.twin
                .faults()
                .next(Faults.request("POST", "/v1/auth/token/create/.*"))
                .resetAfterwards();
        assertThat(world.revert(world.tokens, reversal)).isInstanceOf(Answer.Failed.class);
        assertThat(world.look(world.tokens, reversal).progress()).isEqualTo(Progress.PARTLY);

        Answer answer = world.revert(world.tokens, reversal);

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(world.look(world.tokens, reversal).progress()).isEqualTo(Progress.DONE);
        assertThat(found().values())
                .filteredOn(token ->
                        token.fields().get("meta") instanceof Map<?, ?> meta && meta.containsKey("sweepback_op"))
                .hasSize(1);
    }

    @Test
    void oneWriterFindsWhatItsOwnLostAnswerLeft() {
        Reversal reversal = world.revoked(world.tokens, tokenRef(world.token("")), KV);
        try (var writer = world.tokens.writer(world.connection)) {
            world.twin
                    .faults()
                    .next(Faults.request("POST", "/v1/auth/token/create/.*"))
                    .resetAfterwards();
            writer.revert(List.of(reversal));
            writer.revert(List.of(reversal));
        }

        assertThat(found().values())
                .filteredOn(token ->
                        token.fields().get("meta") instanceof Map<?, ?> meta && meta.containsKey("sweepback_op"))
                .hasSize(1);
    }

    @Test
    void policiesThatTheRoleDoesNotAllowAreSaidWithTheRemedy() {
        String accessor = world.twin
                .createToken(VaultWorld.json("{'policies':['other'],'no_parent':true,'ttl':'2h'}"))
                .accessor();
        Reversal reversal = world.revoked(world.tokens, tokenRef(accessor), KV);

        Answer answer = world.revert(world.tokens, reversal);

        assertThat(answer).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
            assertThat(failed.error().kind()).isEqualTo(Kind.FORBIDDEN);
            assertThat(failed.error().remedy()).contains("allowed_policies");
        });
    }

    @Test
    void noTokenAppearsInAnyTextOfWhatIsReturned() {
        Reversal reversal = world.revoked(world.tokens, tokenRef(world.token("")), KV);
        world.revert(world.tokens, reversal);
        String wrapping = world.twin
                .secret("handover/dten/op-2")
                .orElseThrow()
                .path("wrapping_token")
                .asString();
        world.twin.revokeToken(world.own.accessor());

        Answer answer = world.apply(
                world.tokens,
                new Order(
                        reversal.operation(),
                        reversal.resource(),
                        "revoke",
                        reversal.before(),
                        world.clock.instant(),
                        new Instructions(Scope.WHOLE, KV, Optional.empty(), false)));
        String texts = world.capture(world.tokens, reversal.resource())
                + " " + world.look(world.tokens, reversal)
                + " " + answer
                + " "
                + new WrappedCredential(new Secret(wrapping), "a", "p", world.clock.instant(), "r");

        assertThat(wrapping).startsWith("s.");
        assertThat(texts).doesNotContain(wrapping).doesNotContain(world.own.id());
    }
}
