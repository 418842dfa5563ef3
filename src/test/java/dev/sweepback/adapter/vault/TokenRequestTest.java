package dev.sweepback.adapter.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class TokenRequestTest {

    private static ObjectNode snapshot() {
        return (ObjectNode) VaultWorld.json("{'policies':['default','p1'],'meta':{'purpose':'x'},'renewable':true,"
                + "'type':'service','num_uses':7,'period':0,'explicit_max_ttl':7200,'display_name':'token-step8'}");
    }

    private static Reversal reversal(ObjectNode before) {
        return new Reversal(
                new OperationId("op-2"),
                VaultWorld.tokenRef("A"),
                "revoke",
                State.of(before),
                State.ABSENT,
                Instant.EPOCH,
                Instructions.NONE);
    }

    @Test
    void asksForTheSameTokenWithoutThePrefixThatTheServerAdds() {
        ObjectNode body = TokenRequest.like(reversal(snapshot()), Duration.ofMinutes(30));

        assertThat(body)
                .hasToString(VaultWorld.json("{'policies':['default','p1'],'no_default_policy':false,"
                                + "'meta':{'purpose':'x','sweepback_op':'op-2'},'renewable':true,'type':'service','num_uses':7,"
                                + "'ttl':'1800s','explicit_max_ttl':'7200s','display_name':'step8'}")
                        .toString());
    }

    @Test
    void aTokenWithoutTheDefaultPolicyDoesNotGetIt() {
        ObjectNode before = snapshot();
        before.putArray("policies").add("p1");

        assertThat(TokenRequest.like(reversal(before), Duration.ofMinutes(30))
                        .path("no_default_policy")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aPeriodIsLeftToTheRoleBecauseAskingForOneNeedsSudo() {
        ObjectNode body = TokenRequest.like(reversal(snapshot().put("period", 3600)), Duration.ofMinutes(30));

        assertThat(body.has("period")).isFalse();
        assertThat(body.path("ttl").asString()).isEqualTo("1800s");
    }

    @Test
    void theTokenThatALeaseIsIssuedUnderLivesAsLongAsTheServerAllowsIfTheLeaseIsEndless() {
        Reversal reversal = reversal(snapshot());

        assertThat(TokenRequest.issuing(reversal, "p", Duration.ZERO).has("ttl"))
                .isFalse();
        assertThat(TokenRequest.issuing(reversal, "p", Duration.ofHours(2))
                        .path("ttl")
                        .asString())
                .isEqualTo("7200s");
    }
}
