package dev.sweepback.adapter.rest;

import dev.sweepback.adapter.http.SharedRead;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Recreated;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.job.DescribedAction;
import dev.sweepback.job.DescribedRequest;
import dev.sweepback.job.Description;
import dev.sweepback.job.Pointers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** How far actions, or taking them back, have come: of one batch, which shares one list of all there is. */
final class RestLook {

    /**
     * A look with what it read, for a request that is bound to that.
     *
     * @param item empty if nothing is there
     */
    record Seen(Look look, Optional<Item> item) {}

    private final Description description;
    private final RestApi api;
    private final RestResources resources;
    private final Recreated recreated;
    private final SharedRead<Map<String, JsonNode>> all;

    RestLook(Description description, RestApi api, RestResources resources, Recreated recreated) {
        this.description = description;
        this.api = api;
        this.resources = resources;
        this.recreated = recreated;
        this.all = new SharedRead<>(api::list);
    }

    Seen at(Task task) {
        DescribedAction action = action(task);
        // what was created again has another id, and the old one does not come back
        Optional<Item> item = recreated.id(task.operation()).isPresent()
                ? Optional.empty()
                : api.item(task.resource().id());
        if (item.isEmpty()
                && task instanceof Reversal reversal
                && action.newId().isPresent()) {
            return underAnotherId(reversal, action);
        }
        Capture now = item.<Capture>map(
                        found -> resources.capture(task.resource().id(), found.content()))
                .orElseGet(() -> new Capture.Absent(task.resource()));
        Progress progress = task instanceof Reversal reversal
                ? progress(reversal, action, state(now))
                : progress((Order) task, action, state(now));
        return new Seen(new Look(progress, task.resource(), now), item);
    }

    DescribedAction action(Task task) {
        return description
                .action(task.action())
                .orElseThrow(() -> api.failure(
                        Kind.REJECTED,
                        "its description no longer has the action '" + task.action() + "'",
                        "put the action back into " + description.source().path()));
    }

    /** What is gone does nothing any more, as what is disabled; but it cannot be enabled again. */
    private static Progress progress(Order order, DescribedAction action, State now) {
        State goal = ItemState.goal(action, order.before());
        if (now.isAbsent() || ItemState.alike(goal, now, action.touches())) {
            return Progress.DONE;
        }
        if (now.sameAs(order.before())) {
            return Progress.NOT_BEGUN;
        }
        boolean partly = !action.gone() && action.apply().size() > 1 && between(action, order.before(), goal, now);
        return partly ? Progress.PARTLY : Progress.FOREIGN;
    }

    private Progress progress(Reversal reversal, DescribedAction action, State now) {
        if (ItemState.alike(reversal.before(), now, lost())) {
            return Progress.DONE;
        }
        if (action.gone()) {
            if (now.isAbsent()) {
                return Progress.NOT_BEGUN;
            }
            return isHalfRestored(reversal, action, now) ? Progress.PARTLY : Progress.FOREIGN;
        }
        if (now.isAbsent()) {
            return Progress.FOREIGN;
        }
        if (ItemState.alike(reversal.after(), now, lost())) {
            return Progress.NOT_BEGUN;
        }
        boolean partly = action.restore().size() > 1 && between(action, reversal.before(), reversal.after(), now);
        return partly ? Progress.PARTLY : Progress.FOREIGN;
    }

    /** Whether each thing that the action changes is as it is at one of the ends, and the rest as at both. */
    private static boolean between(DescribedAction action, State before, State after, State now) {
        List<String> changed = new ArrayList<>(action.equals().keySet());
        changed.addAll(action.touches());
        boolean rest = before.differences(now).stream().allMatch(pointer -> Pointers.covers(changed, pointer));
        return rest
                && action.equals().keySet().stream().map(JsonPointer::compile).allMatch(pointer -> {
                    JsonNode value = now.content().at(pointer);
                    return Says.same(value, before.content().at(pointer))
                            || Says.same(value, after.content().at(pointer));
                });
    }

    private boolean isHalfRestored(Reversal reversal, DescribedAction action, State now) {
        List<String> pointers = new ArrayList<>(lost());
        action.restore().stream().skip(1).map(DescribedRequest::sets).forEach(pointers::addAll);
        return action.restore().size() > 1 && ItemState.alike(reversal.before(), now, pointers);
    }

    /** What an undo of this kind of resource may have lost before; nothing where no action loses anything. */
    private List<String> lost() {
        return description.actions().stream()
                .flatMap(action -> action.lostPointers().stream())
                .toList();
    }

    /** What another undo created has the place of this one, as what somebody else did. */
    private Seen underAnotherId(Reversal reversal, DescribedAction action) {
        Optional<Seen> other = Optional.empty();
        List<String> candidates = candidates(reversal, action);
        Set<ResourceRef> ofOthers = candidates.isEmpty() ? Set.of() : recreated.ofOthers(reversal);
        for (String id : candidates) {
            Optional<Item> item = api.item(id);
            if (item.isPresent()) {
                Capture.Present now = resources.capture(id, item.get().content());
                Progress progress =
                        ofOthers.contains(now.ref()) ? Progress.FOREIGN : progress(reversal, action, now.state());
                boolean ours = progress == Progress.DONE || progress == Progress.PARTLY;
                Seen seen = new Seen(new Look(progress, ours ? now.ref() : reversal.resource(), now), item);
                if (ours) {
                    return seen;
                }
                other = Optional.of(seen);
            }
        }
        return other.orElseGet(() -> new Seen(
                new Look(Progress.NOT_BEGUN, reversal.resource(), new Capture.Absent(reversal.resource())),
                Optional.empty()));
    }

    /** The one that the system said it created; without its answer, those that have what the system keeps unique. */
    private List<String> candidates(Reversal reversal, DescribedAction action) {
        Optional<String> known = recreated.id(reversal.operation());
        if (known.isPresent()) {
            return List.of(known.get());
        }
        JsonNode before = reversal.before().content();
        return all.get().entrySet().stream()
                .filter(entry -> matches(entry, before, action))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean matches(Map.Entry<String, JsonNode> entry, JsonNode before, DescribedAction action) {
        return action.match().stream()
                .allMatch(pointer -> Says.same(entry.getValue().at(pointer), before.at(pointer)));
    }

    private static State state(Capture capture) {
        return capture instanceof Capture.Present present ? present.state() : State.ABSENT;
    }
}
