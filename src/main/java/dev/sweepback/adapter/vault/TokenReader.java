package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.ThreeWay;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

final class TokenReader implements Reader {

    private final Connection connection;
    private final VaultApi api;
    private final HandoverLookup handovers;
    private final boolean reissuable;
    private final OwnTokens own;
    private final IssuedTokens issued;

    TokenReader(Connection connection, VaultApi api, HandoverLookup handovers, OwnTokens own, IssuedTokens issued) {
        this.connection = connection;
        this.api = api;
        this.handovers = handovers;
        this.reissuable = ReissueSettings.of(connection).role().isPresent();
        this.own = own;
        this.issued = issued;
    }

    @Override
    public Population find(Scope scope) {
        OwnTokens.Known self = own.get().told();
        return new Population(api.tokens().stream()
                .map(token -> token.resource(ref(token), self, reissuable))
                .toList());
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
        return seen(ref, own::get);
    }

    private Capture seen(ResourceRef ref, Supplier<OwnTokens.Known> known) {
        Optional<Token> token = api.token(ref.id());
        return token.isPresent() ? present(ref, token.get(), known.get()) : new Capture.Absent(ref);
    }

    private Capture present(ResourceRef ref, Token token, OwnTokens.Known known) {
        return new Capture.Present(token.resource(ref, known, reissuable), token.state());
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
        if (reissued.token().isEmpty()) {
            return new Look(reissued.progress(), reversal.resource(), now);
        }
        Token token = reissued.token().get();
        return new Look(reissued.progress(), ref(token), present(ref(token), token, own.get()), reissued.handedOver());
    }

    @Override
    public Optional<String> objection(Instructions instructions) {
        return Handovers.objection(handovers, instructions.handover());
    }

    private ResourceRef ref(Token token) {
        return new ResourceRef(Token.KIND, connection.name(), token.accessor());
    }

    @Override
    public void close() {
        // the client belongs to all readers and writers of the connection
    }
}
