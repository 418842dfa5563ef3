package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.ThreeWay;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

final class LeaseReader implements Reader {

    private final Connection connection;
    private final VaultApi api;
    private final HandoverLookup handovers;
    private final boolean reissuable;
    private final IssuedTokens issued;

    LeaseReader(Connection connection, VaultApi api, HandoverLookup handovers, IssuedTokens issued) {
        this.connection = connection;
        this.api = api;
        this.handovers = handovers;
        this.reissuable = ReissueSettings.of(connection).role().isPresent();
        this.issued = issued;
    }

    @Override
    public Population find(Scope scope) {
        String prefix = prefix(scope);
        if (prefix.isEmpty()) {
            throw new ConnectorException(
                    Kind.REJECTED,
                    connection.name(),
                    "leases are listed below a prefix, and none is given",
                    "set select.prefix, for example to database/creds/ROLE");
        }
        List<Resource> resources = InParallel.map(connection.concurrency(), api.leases(prefix), api::lease).stream()
                .flatMap(Optional::stream)
                .map(lease -> lease.resource(ref(lease.id()), reissuable))
                .toList();
        return new Population(resources);
    }

    static String prefix(Scope scope) {
        return scope.get("prefix").orElse("").replaceAll("^/+|/+$", "");
    }

    @Override
    public List<Capture> capture(List<ResourceRef> resources) {
        return InParallel.map(connection.concurrency(), resources, ref -> Capture.of(ref, () -> seen(ref)));
    }

    private Capture seen(ResourceRef ref) {
        Optional<Lease> lease = api.lease(ref.id());
        return lease.isPresent()
                ? new Capture.Present(
                        lease.get().resource(ref, reissuable), lease.get().state())
                : new Capture.Absent(ref);
    }

    @Override
    public List<Look> look(List<Task> tasks) {
        return InParallel.map(connection.concurrency(), tasks, this::lookOne);
    }

    private Look lookOne(Task task) {
        return Look.of(task, () -> {
            Capture now = seen(task.resource());
            return task instanceof Reversal reversal ? lookAt(reversal, now) : lookAt((Order) task, now);
        });
    }

    private static Look lookAt(Order order, Capture now) {
        Progress progress = now instanceof Capture.Present present
                ? ThreeWay.progress(order.before(), State.ABSENT, present.state())
                : Progress.DONE;
        return new Look(progress, order.resource(), now);
    }

    private Look lookAt(Reversal reversal, Capture now) {
        if (now instanceof Capture.Present) {
            return new Look(Progress.FOREIGN, reversal.resource(), now);
        }
        Reissued reissued = Reissued.look(reversal, api, handovers, issued);
        Capture visible = reissued.token()
                .<Capture>map(token -> issuedAgain(reversal, token))
                .orElse(now);
        return new Look(reissued.progress(), reversal.resource(), visible, reissued.handedOver());
    }

    /** The new lease's id is inside the wrapped answer, so the old address is kept and little is known. */
    private Capture issuedAgain(Reversal reversal, Token issuing) {
        ObjectNode before = reversal.before().content();
        boolean renewable = before.path("renewable").asBoolean();
        Instant expiry = issuing.expiresAt().orElse(issuing.issuedAt());
        Resource resource = new Lease(
                        reversal.resource().id(),
                        issuing.issuedAt(),
                        issuing.expiresAt(),
                        Optional.empty(),
                        renewable,
                        expiry.getEpochSecond() - issuing.issuedAt().getEpochSecond())
                .resource(reversal.resource(), reissuable);
        ObjectNode known = before.objectNode();
        known.set("path", before.path("path"));
        known.put("renewable", renewable);
        return new Capture.Present(resource, State.of(known));
    }

    @Override
    public Optional<String> objection(Instructions instructions) {
        return Handovers.objection(handovers, instructions.handover());
    }

    private ResourceRef ref(String id) {
        return new ResourceRef(Lease.KIND, connection.name(), id);
    }

    @Override
    public void close() {
        // the client belongs to all readers and writers of the connection
    }
}
