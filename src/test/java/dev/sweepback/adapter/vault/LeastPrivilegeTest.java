package dev.sweepback.adapter.vault;

import static dev.sweepback.adapter.vault.VaultWorld.LEASES;
import static dev.sweepback.adapter.vault.VaultWorld.lease;
import static dev.sweepback.adapter.vault.VaultWorld.tokenRef;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Sweepback needs no more than the policy that a real Vault was asked to enforce (recording: {@code policy-write-204}). */
class LeastPrivilegeTest {

    private final VaultWorld world = new VaultWorld();

    @BeforeEach
    void restrict() throws IOException {
        try (InputStream file = Objects.requireNonNull(
                LeastPrivilegeTest.class.getResourceAsStream("/recordings/vault/policy-write-204.json"))) {
            String policy = JsonMapper.shared()
                    .readTree(file)
                    .at("/request/body/policy")
                    .asString();
            world.twin.policy("sweepback", policy.replace("purge-undo", "sweepback-undo"));
        }
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void leasesAreListedRevokedAndIssuedAgain() {
        Order order = world.order(world.leases, lease(world.twin.issueLease("dten-migrator")));

        Answer revoked = world.apply(world.leases, order);
        Progress progress = world.look(world.leases, order).progress();
        int left = found(LEASES);
        Reversal reversal = world.revoked(world.leases, lease(world.twin.issueLease("dten-migrator")), Handover.LOCAL);
        Answer reissued = world.revert(world.leases, reversal);

        assertThat(revoked).isInstanceOf(Answer.Accepted.class);
        assertThat(progress).isEqualTo(Progress.DONE);
        assertThat(left).isZero();
        assertThat(reissued).isInstanceOf(Answer.Accepted.class);
        assertThat(world.look(world.leases, reversal).progress()).isEqualTo(Progress.DONE);
    }

    private int found(Scope scope) {
        try (Reader reader = world.leases.reader(world.connection)) {
            return reader.find(scope).resources().size();
        }
    }

    @Test
    void tokensAreListedAndRevoked() {
        Order order = world.order(world.tokens, tokenRef(world.token("")));

        try (Reader reader = world.tokens.reader(world.connection)) {
            assertThat(reader.find(Scope.WHOLE).resources())
                    .anyMatch(token -> token.ref().equals(order.resource()));
        }
        assertThat(world.apply(world.tokens, order)).isInstanceOf(Answer.Accepted.class);
        assertThat(world.look(world.tokens, order).progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void otherPathsStayClosed() {
        ConnectorException failure = catchThrowableOfType(
                ConnectorException.class, () -> found(new Scope(Map.of("prefix", "pki/issue/web"))));

        assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
    }
}
