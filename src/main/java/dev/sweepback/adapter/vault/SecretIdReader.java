package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
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
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.ThreeWay;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

final class SecretIdReader implements Reader {

    private final Connection connection;
    private final AppRoleApi api;
    private final Secrets secrets;
    private final HandoverLookup handovers;
    private final IssuedSecretIds issued;
    private final Supplier<OwnSecretIds.Known> own;

    SecretIdReader(
            Connection connection,
            AppRoleApi api,
            Secrets secrets,
            HandoverLookup handovers,
            IssuedSecretIds issued,
            Supplier<OwnSecretIds.Known> own) {
        this.connection = connection;
        this.api = api;
        this.secrets = secrets;
        this.handovers = handovers;
        this.issued = issued;
        this.own = own;
    }

    @Override
    public Population find(Scope scope) {
        AppRoleName role = AppRoleName.of(scope, connection.name());
        List<SecretIdAddress> listed = api.accessors(role).stream()
                .map(accessor -> new SecretIdAddress(role, accessor))
                .toList();
        OwnSecretIds.Known known = own.get().told();
        return new Population(InParallel.map(connection.concurrency(), listed, api::secretId).stream()
                .flatMap(Optional::stream)
                .map(found -> resource(found, known))
                .toList());
    }

    private Resource resource(SecretId found, OwnSecretIds.Known known) {
        return found.resource(found.address().ref(connection.name()), known.untouchable(found.address()));
    }

    @Override
    public List<Capture> capture(List<ResourceRef> resources) {
        return InParallel.map(
                connection.concurrency(),
                resources,
                ref -> Capture.of(ref, () -> seen(ref, () -> own.get().told())));
    }

    /** Nothing that is under way, and no undo, waits for what other connections have to say. */
    private Capture seen(ResourceRef ref) {
        return seen(ref, own);
    }

    private Capture seen(ResourceRef ref, Supplier<OwnSecretIds.Known> known) {
        Optional<SecretId> found = api.secretId(SecretIdAddress.of(ref));
        return found.isPresent() ? present(found.get(), known.get()) : new Capture.Absent(ref);
    }

    private Capture present(SecretId found, OwnSecretIds.Known known) {
        return new Capture.Present(resource(found, known), found.state());
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
        AppRoleName role = SecretIdAddress.of(reversal.resource()).role();
        ReissuedSecretId reissued = ReissuedSecretId.look(reversal, role, api, handovers, issued);
        return reissued.secretId()
                .map(found -> new Look(
                        reissued.progress(),
                        found.address().ref(connection.name()),
                        present(found, own.get()),
                        reissued.handedOver()))
                .orElseGet(() -> new Look(reissued.progress(), reversal.resource(), now));
    }

    /** A value that is none of the role's secret-ids would be made one by undo: it is another thing, or mistyped. */
    @Override
    public Optional<String> objection(Instructions instructions) {
        Optional<SecretRef> reference = instructions.secretRef();
        if (reference.isEmpty()) {
            return Handovers.objection(handovers, instructions.handover());
        }
        try {
            AppRoleName role = AppRoleName.of(instructions.scope(), connection.name());
            return api.accessorOf(role, secrets.resolve(reference.get())).isPresent()
                    ? Optional.empty()
                    : Optional.of("what secretRef " + reference.get() + " refers to is no secret-id of role '"
                            + role.name() + "'");
        } catch (ConnectorException e) {
            return Optional.of("undo could not restore the secret-id: " + e.objection());
        }
    }

    @Override
    public void close() {
        // the client belongs to all readers and writers of the connection
    }
}
