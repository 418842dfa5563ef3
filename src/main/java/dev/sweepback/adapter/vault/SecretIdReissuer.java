package dev.sweepback.adapter.vault;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives a role back what was revoked: the very same secret-id where the step refers to its value, else another one, wrapped
 * and left at the hand-over. Either carries the reverting operation in its metadata; so what an interrupted undo issued and
 * never handed over is found and destroyed exactly, by accessor, before anything is issued again.
 */
final class SecretIdReissuer {

    private final String connection;
    private final AppRoleApi api;
    private final Secrets secrets;
    private final HandoverLookup handovers;
    private final Delivery delivery;
    private final Duration handoverTtl;
    private final Clock clock;
    private final IssuedSecretIds issued;

    SecretIdReissuer(
            String connection,
            AppRoleApi api,
            Secrets secrets,
            Handovers handovers,
            Duration handoverTtl,
            Clock clock,
            IssuedSecretIds issued) {
        this.connection = connection;
        this.api = api;
        this.secrets = secrets;
        this.handovers = handovers;
        this.delivery = new Delivery(handovers, clock);
        this.handoverTtl = handoverTtl;
        this.clock = clock;
        this.issued = issued;
    }

    /** @return the id of the request that gave it back or left it, if a system told one */
    Optional<String> giveBack(Reversal reversal, AppRoleName role) {
        if (reversal.before().isAbsent()) {
            throw new ConnectorException(
                    Kind.REJECTED,
                    connection,
                    "there is no snapshot of " + reversal.resource() + " to issue it from",
                    "issue it by hand");
        }
        ObjectNode body = SecretIdRequest.like(reversal, clock.instant(), handoverTtl);
        if (reversal.instructions().secretRef().isPresent()) {
            return restore(reversal, role, reversal.instructions().secretRef().get(), body);
        }
        return issue(reversal, role, body);
    }

    private Optional<String> restore(Reversal reversal, AppRoleName role, SecretRef value, ObjectNode body) {
        return issued.of(reversal.operation(), role, api).isEmpty()
                ? api.restore(role, secrets.resolve(value), body)
                : Optional.empty();
    }

    private Optional<String> issue(Reversal reversal, AppRoleName role, ObjectNode body) {
        if (ReissuedSecretId.isHandedOver(reversal, role, api, handovers)) {
            return Optional.empty();
        }
        issued.of(reversal.operation(), role, api).forEach(api::destroy);
        Wrapped wrapped = api.issue(role, body, handoverTtl);
        List<SecretIdAddress> made = issued.of(reversal.operation(), role, api);
        if (made.size() != 1) {
            throw new ConnectorException(
                    Kind.MALFORMED,
                    connection,
                    "Vault issued a secret-id of role '" + role.name() + "' and lists " + made.size()
                            + " of this operation",
                    "run the undo again; if it stays, check Vault's version");
        }
        SecretIdAddress address = made.get(0);
        return delivery.leave(reversal, wrapped, address.accessor(), failure -> destroyed(address, failure));
    }

    /** What could not be handed over goes now rather than later: nobody has it. */
    private ConnectorException destroyed(SecretIdAddress address, ConnectorException failure) {
        try {
            api.destroy(address);
        } catch (ConnectorException second) {
            failure.addSuppressed(second);
        }
        return failure;
    }
}
