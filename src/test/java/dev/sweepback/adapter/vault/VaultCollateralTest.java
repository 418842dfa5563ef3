package dev.sweepback.adapter.vault;

import static dev.sweepback.adapter.vault.KindsWorld.recordedBody;
import static dev.sweepback.adapter.vault.VaultWorld.json;
import static dev.sweepback.adapter.vault.VaultWorld.lease;
import static dev.sweepback.adapter.vault.VaultWorld.tokenRef;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import dev.sweepback.sandbox.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Revoking a token takes its children and what it issued along, and Vault lists neither. */
class VaultCollateralTest {

    private static final Instructions ACCEPTING =
            new Instructions(Scope.WHOLE, VaultWorld.kv("secret/handover/dten"), Optional.empty(), true);

    private final KindsWorld kinds = new KindsWorld();

    @AfterEach
    void close() {
        kinds.close();
    }

    private String child(String parent) {
        return kinds.twin
                .createToken(parent, json("{'policies':['dten'],'ttl':'2h'}"))
                .accessor();
    }

    private String issuedBy(String accessor) {
        return kinds.twin.issueLease("dten-migrator", accessor, kinds.world.clock.instant());
    }

    private Order order(String accessor, Instructions instructions) {
        Order order = kinds.order(kinds.tokens, tokenRef(accessor), instructions);
        return new Order(
                new OperationId("op-" + accessor),
                order.resource(),
                order.action(),
                order.before(),
                order.announcedAt(),
                instructions);
    }

    private List<Answer> revoke(List<Order> orders) {
        return kinds.apply(kinds.tokens, orders);
    }

    private static List<ResourceRef> taken(Answer answer) {
        return ((Answer.Accepted) answer).taken();
    }

    private void refuseNext(String path) {
        kinds.twin
                .faults()
                .next(Faults.request("LIST", path))
                .answer(403, "application/json", recordedBody("lease-list-without-sudo-403"));
    }

    @Test
    void aTokenThatIsNoOrphanNeedsTheStepsWord() {
        String token = child(kinds.twin.rootAccessor());
        Resource resource = kinds.resource(kinds.tokens, tokenRef(token));

        assertThat(resource.untouchable()).isEmpty();
        assertThat(resource.collateral().orElse("")).contains("no orphan").contains("child tokens and leases");
        assertThat(kinds.tokens.reversible("revoke", resource, ACCEPTING).lost())
                .contains("orphan");
        assertThat(kinds.tokens.descriptor().takesAlong()).isTrue();

        Answer refused = revoke(List.of(order(token, Instructions.NONE))).get(0);
        assertThat(((Answer.Failed) refused).error().kind()).isEqualTo(Kind.REJECTED);
        assertThat(((Answer.Failed) refused).error().remedy()).contains("collateral: accept");
        assertThat(kinds.twin.tokenIsLive(token)).isTrue();

        Answer accepted = revoke(List.of(order(token, ACCEPTING))).get(0);
        assertThat(accepted).isInstanceOf(Answer.Accepted.class);
        assertThat(kinds.twin.tokenIsLive(token)).isFalse();
    }

    @Test
    void childrenTheirChildrenAndWhatTheyIssuedAreRecordedAsTaken() {
        String token = child(kinds.twin.rootAccessor());
        String child = child(token);
        String grandchild = child(child);
        String lease = issuedBy(token);
        String ofTheChild = issuedBy(child);
        String beside = issuedBy(kinds.twin.rootAccessor());

        Answer answer = revoke(List.of(order(token, ACCEPTING))).get(0);

        assertThat(taken(answer))
                .containsExactlyInAnyOrder(tokenRef(child), tokenRef(grandchild), lease(lease), lease(ofTheChild));
        assertThat(kinds.twin.leaseIsLive(beside)).isTrue();
    }

    @Test
    void whatGoesAlongWithAnOrphanIsRecordedToo() {
        String orphan = kinds.world.token("");
        String child = child(orphan);
        String lease = issuedBy(orphan);

        Answer answer = revoke(List.of(order(orphan, Instructions.NONE))).get(0);

        assertThat(taken(answer)).containsExactlyInAnyOrder(tokenRef(child), lease(lease));
    }

    @Test
    void aBatchIsComparedOnceAndEachOfItMayHaveTakenWhatWent() {
        List<Order> orders = new ArrayList<>();
        for (int index = 0; index < kinds.tokens.descriptor().batch(); index++) {
            orders.add(order(kinds.world.token(""), Instructions.NONE));
        }
        String child = child(orders.get(0).resource().id());
        kinds.twin.traffic().clear();

        List<Answer> answers = revoke(orders);

        assertThat(orders).hasSize(50);
        assertThat(answers).allSatisfy(answer -> assertThat(taken(answer)).containsExactly(tokenRef(child)));
        assertThat(kinds.twin.traffic().count("LIST", "/v1/auth/token/accessors.*"))
                .isEqualTo(2);
    }

    @Test
    void whatWasGoneAlreadyTookNothing() {
        Order gone = order(kinds.world.token(""), Instructions.NONE);
        kinds.twin.revokeToken(gone.resource().id());
        Order order = order(kinds.world.token(""), Instructions.NONE);
        String child = child(order.resource().id());

        List<Answer> answers = revoke(List.of(gone, order));

        assertThat(taken(answers.get(0))).isEmpty();
        assertThat(taken(answers.get(1))).containsExactly(tokenRef(child));
    }

    @Test
    void leasesThatMayNotBeListedAreLeftOut() {
        String orphan = kinds.world.token("");
        String child = child(orphan);
        issuedBy(orphan);
        refuseNext("/v1/sys/leases/lookup/");
        refuseNext("/v1/sys/leases/lookup/");

        Answer answer = revoke(List.of(order(orphan, Instructions.NONE))).get(0);

        assertThat(taken(answer)).containsExactly(tokenRef(child));
        assertThat(unseen(answer)).contains("leases below sys/leases/lookup/ may not be listed");
    }

    private static String unseen(Answer answer) {
        return answer instanceof Answer.Accepted accepted ? accepted.unseen().orElse("") : "";
    }

    @Test
    void leasesThatMayNoLongerBeListedAreNotTakenForGone() {
        String orphan = kinds.world.token("");
        issuedBy(kinds.twin.rootAccessor());
        Order order = order(orphan, Instructions.NONE);
        Collateral collateral = new Collateral(
                "vault",
                new VaultApi(
                        kinds.world.connection,
                        kinds.world.http.writing(kinds.world.connection),
                        Login.of(kinds.world.connection, kinds.world.http, kinds.world.secrets)));
        Collateral.Living before = collateral.living();
        refuseNext("/v1/sys/leases/lookup/database/");

        Collateral.Living after = collateral.living();

        assertThat(before.leases()).hasSize(1);
        assertThat(after.unseen()).containsExactly("database/");
        assertThat(collateral.gone(before, after, Set.of(order.resource().id())))
                .isEmpty();
    }

    @Test
    void nothingIsRevokedWhereItCannotBeSeenWhatGoesAlong() {
        Order order = order(kinds.world.token(""), Instructions.NONE);
        kinds.twin
                .faults()
                .next(Faults.request("LIST", "/v1/sys/leases/lookup/"))
                .answer(500, "application/json", recordedBody("not-active-node-500"));

        assertThat(revoke(List.of(order)).get(0)).isInstanceOf(Answer.Failed.class);

        assertThat(kinds.twin.tokenIsLive(order.resource().id())).isTrue();
    }

    @Test
    void aListThatFailsAfterwardsTakesTheRevocationNotBack() {
        Order order = order(kinds.world.token(""), Instructions.NONE);
        child(order.resource().id());
        AtomicInteger lists = new AtomicInteger();
        kinds.twin
                .faults()
                .next(request -> request.path().equals("/v1/sys/leases/lookup/") && lists.incrementAndGet() == 2)
                .answer(500, "application/json", recordedBody("not-active-node-500"));

        Answer answer = revoke(List.of(order)).get(0);

        assertThat(taken(answer)).isEmpty();
        assertThat(unseen(answer)).startsWith("what went along: ");
        assertThat(kinds.look(kinds.tokens, order).progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void whatWentAlongIsNotIssuedAgain() {
        String token = child(kinds.twin.rootAccessor());
        child(token);
        Order order = order(token, ACCEPTING);
        revoke(List.of(order));
        Reversal reversal = kinds.reversal(kinds.tokens, order);

        kinds.revert(kinds.tokens, reversal);

        assertThat(kinds.look(kinds.tokens, reversal).progress()).isEqualTo(Progress.DONE);
        assertThat(kinds.find(kinds.tokens, Scope.WHOLE))
                .filteredOn(resource -> List.of("dten").equals(resource.fields().get("policies")))
                .hasSize(1);
    }
}
