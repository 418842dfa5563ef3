package dev.sweepback.plan;

import dev.sweepback.connector.Connection;
import dev.sweepback.job.Job;
import dev.sweepback.job.Policy;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.VerifiedPackage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** What an approval of a plan covers. */
public final class Digests {

    private Digests() {}

    static Basis basis(Job job, Policy policy, Upgrade upgrade, Collection<Connection> connections) {
        StringBuilder scopes = new StringBuilder();
        connections.stream()
                .sorted(Comparator.comparing(Connection::name))
                .forEach(connection -> scopes.append(connection.name())
                        .append(' ')
                        .append(connection.scope())
                        .append('\n'));
        String facts = String.join(
                "\n",
                upgrade.id().value(),
                upgrade.packageName(),
                upgrade.from(),
                upgrade.to(),
                upgrade.environment(),
                upgrade.state().word(),
                upgrade.window().toString(),
                upgrade.startedAt().toString(),
                upgrade.completedAt().toString());
        // Only if there is one: plans of before stay what they are.
        String manifest = upgrade.verified()
                .map(VerifiedPackage::manifestSha256)
                .map(digest -> "\n" + digest)
                .orElse("");
        return new Basis(
                job.source().sha256(), policy.source().sha256(), sha256(facts + manifest), sha256(scopes.toString()));
    }

    /** The digest of a plan that rests on this basis and has these operations, whatever its id. */
    public static String plan(Basis basis, List<PlannedOperation> operations) {
        StringBuilder text = new StringBuilder();
        text.append(basis).append('\n');
        for (PlannedOperation operation : operations) {
            text.append(String.join(
                            "\u0000",
                            String.valueOf(operation.stage()),
                            operation.step(),
                            operation.ref().toString(),
                            operation.action(),
                            operation.reversibility().word(),
                            operation.fingerprint(),
                            operation.quarantine().toString(),
                            operation.instructions().toString(),
                            operation.of().toString()))
                    .append('\n');
        }
        return sha256(text.toString());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
