package dev.sweepback.adapter.rest;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import dev.sweepback.job.DescribedAction;
import dev.sweepback.job.Pointers;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** The steps of a probe, each of which must be seen to do what the description says. */
final class ProbeSteps {

    private final DescribedAction action;
    private final Disposable disposable;
    private final Reader reader;
    private final Writer writer;
    private final Clock clock;
    private final ProbePace pace;
    private ResourceRef ref;
    private State before = State.ABSENT;
    private State after = State.ABSENT;
    private List<String> differs = List.of();

    /** @param ref where the disposable resource was made */
    ProbeSteps(
            DescribedAction action,
            Disposable disposable,
            ResourceRef ref,
            Reader reader,
            Writer writer,
            Clock clock,
            ProbePace pace) {
        this.action = action;
        this.disposable = disposable;
        this.ref = ref;
        this.reader = reader;
        this.writer = writer;
        this.clock = clock;
        this.pace = pace;
        disposable.at(ref);
    }

    private void at(ResourceRef now) {
        ref = now;
        disposable.at(now);
    }

    List<String> differs() {
        return differs;
    }

    void listed() {
        boolean there = reader.find(Scope.WHOLE).resources().stream()
                .anyMatch(resource -> resource.ref().equals(ref));
        require(
                there,
                "what was just created, '" + disposable.name() + "' with id '" + ref.id()
                        + "', is not in the list: check 'list' and 'id'");
    }

    /** @param change whether somebody's change can be played */
    void prepare(boolean change) {
        pace.step();
        disposable.prepare(ref.id());
        if (action.gone() && change) {
            // so that what is created once more by hand differs from the snapshot
            disposable.change(ref.id());
        }
        before = present("after it was created");
    }

    void apply() {
        Order order = order();
        require(look(order).progress() != Progress.FOREIGN, "a fresh resource looks as if somebody had changed it");
        accepted(applied(order), "carrying it out");
        requireDone(order, "'verify' does not see that it is done");
        after = state();
        accepted(applied(order), "carrying it out a second time");
        requireDone(order, "carried out a second time, 'verify' no longer sees that it is done");
        require(state().sameAs(after), "carried out a second time, it changed something more");
        require(
                !after.sameAs(before),
                "it changed nothing that is in the snapshot: let 'probe.prepare' bring the disposable resource into a state that the action changes");
    }

    void restore() {
        Reversal reversal = reversal();
        require(
                look(reversal).progress() == Progress.NOT_BEGUN,
                "before it is taken back it looks as if that had begun, or as if somebody had changed it: what the action changes besides 'verify.equals' belongs under 'touches'");
        accepted(reverted(reversal), "taking it back");
        Look restored = look(reversal);
        // also where it is not as it was: it must be found again to be taken away
        at(restored.now().ref());
        State now = state();
        differs = before.differences(now);
        List<String> lost = action.reversibility() == Reversibility.LOSSY ? action.lostPointers() : List.of();
        List<String> undeclared = differs.stream()
                .filter(pointer -> !Pointers.covers(lost, pointer))
                .toList();
        if (restored.progress() != Progress.DONE || !undeclared.isEmpty()) {
            throw new Disproved(
                    "taken back, it differs at " + String.join(", ", undeclared)
                            + ": complete 'restore', or name it among 'lost' or 'bookkeeping'",
                    differs);
        }
        accepted(reverted(reversal), "taking it back a second time");
        require(state().sameAs(now), "taken back a second time, it changed something more");
    }

    /** It is carried out on what was put back, which may have a new id, and then somebody else changes it. */
    void leaveAlone() {
        before = present("after it was put back");
        accepted(applied(order()), "carrying it out on what was put back");
        after = state();
        Reversal last = reversal();
        pace.step();
        if (action.gone()) {
            at(disposable.create());
        } else {
            disposable.change(ref.id());
        }
        requireLeftAlone(last);
    }

    private void requireLeftAlone(Reversal last) {
        State changed = state();
        Look look = look(last);
        require(
                look.progress() == Progress.FOREIGN,
                "a change by somebody else ('probe.change') is not seen: undo would overwrite it");
        require(reverted(last) instanceof Answer.Failed, "a change by somebody else was not left alone");
        require(state().sameAs(changed), "a change by somebody else was overwritten");
    }

    private Answer applied(Order order) {
        pace.step();
        return writer.apply(List.of(order)).get(0);
    }

    private Answer reverted(Reversal reversal) {
        pace.step();
        return writer.revert(List.of(reversal)).get(0);
    }

    private Order order() {
        return new Order(operation(), ref, action.name(), before, clock.instant(), Instructions.NONE);
    }

    private Reversal reversal() {
        return new Reversal(operation(), ref, action.name(), before, after, clock.instant(), Instructions.NONE);
    }

    private static OperationId operation() {
        return new OperationId(UUID.randomUUID().toString());
    }

    private void requireDone(Task task, String otherwise) {
        Look look = look(task);
        require(look.progress() == Progress.DONE, otherwise + shown(look));
    }

    private String shown(Look look) {
        if (!(look.now() instanceof Capture.Present present)) {
            return "";
        }
        List<String> changed = before.differences(present.state());
        return changed.isEmpty() ? ": nothing changed" : ": it changed " + String.join(", ", changed);
    }

    private Look look(Task task) {
        Look look = reader.look(List.of(task)).get(0);
        if (look.now() instanceof Capture.Unknown unknown) {
            throw unknown.error();
        }
        return look;
    }

    private State present(String when) {
        State state = state();
        require(!state.isAbsent(), "it is not there " + when + ": check 'capture' and 'answers.gone'");
        return state;
    }

    private State state() {
        Capture capture = reader.capture(List.of(ref)).get(0);
        if (capture instanceof Capture.Unknown unknown) {
            throw unknown.error();
        }
        return capture instanceof Capture.Present present ? present.state() : State.ABSENT;
    }

    private static void accepted(Answer answer, String what) {
        if (answer instanceof Answer.Failed failed) {
            throw new Disproved(what + " failed: " + failed.error().getMessage() + "; "
                    + failed.error().remedy());
        }
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new Disproved(otherwise);
        }
    }
}
