package dev.sweepback.cli;

import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Run;
import dev.sweepback.sandbox.Sandbox;
import dev.sweepback.sandbox.Traffic;
import java.util.List;
import java.util.stream.Stream;

/** What the systems themselves have counted: requests, and the changes that these made. */
final class DemoCounts {

    private final Sandbox sandbox;

    DemoCounts(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    long requests() {
        return exchanges().count();
    }

    /** Requests that are more than looking; Vault looks things up, and tells what a token may, by POST and PUT too. */
    long writes() {
        return exchanges()
                .filter(exchange -> !List.of("GET", "LIST").contains(exchange.method())
                        && !exchange.path().contains("/lookup")
                        && !exchange.path().endsWith("/capabilities-self"))
                .count();
    }

    private Stream<Traffic.Exchange> exchanges() {
        return Stream.of(
                        sandbox.unleash().traffic(),
                        sandbox.github().traffic(),
                        sandbox.vault().traffic())
                .flatMap(traffic -> traffic.exchanges().stream());
    }

    /** How often the systems archived, disabled and revoked, in all. */
    long changes(Run run) {
        return flags(run).mapToLong(this::archived).sum()
                + patched(".*")
                + sandbox.vault().traffic().count("PUT", "/v1/sys/leases/revoke")
                + sandbox.vault().traffic().count("POST", "/v1/auth/token/revoke-accessor");
    }

    /** Whether each of a run's operations was asked for once. What is revoked is counted by kind: the paths name no single one. */
    boolean eachOnce(Run run) {
        return flags(run).allMatch(flag -> archived(flag) == 1)
                && of(run, "webhook").allMatch(hook -> patched(hook.ref().id()) == 1)
                && patched(".*") == of(run, "webhook").count()
                && sandbox.vault().traffic().count("PUT", "/v1/sys/leases/revoke")
                        == of(run, "lease").count()
                && sandbox.vault().traffic().count("POST", "/v1/auth/token/revoke-accessor")
                        == of(run, "token").count();
    }

    private long archived(OperationRecord flag) {
        return sandbox.unleash().events("feature-archived", flag.ref().id());
    }

    private long patched(String id) {
        return sandbox.github().traffic().count("PATCH", "/repos/[^/]+/[^/]+/hooks/" + id);
    }

    private static Stream<OperationRecord> flags(Run run) {
        return of(run, "flag");
    }

    private static Stream<OperationRecord> of(Run run, String kind) {
        return run.operations().stream()
                .filter(operation -> operation.ref().kind().equals(kind));
    }
}
