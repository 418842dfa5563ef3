package dev.sweepback.run;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.ThreeWay;
import dev.sweepback.connector.Use;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** The things of a {@link FakeSystem}: what is seen of them, and what requests make of them. */
final class FakeThings {

    private record Later(Instant at, Runnable effect) {}

    private final Clock clock;
    private final String connection;
    private final String kind;
    private final Map<String, FakeThing> all = new TreeMap<>();
    private final Set<String> half = new HashSet<>();
    private final List<Later> later = new ArrayList<>();
    private int created;

    FakeThings(Clock clock, String connection, String kind) {
        this.clock = clock;
        this.connection = connection;
        this.kind = kind;
    }

    synchronized void add(String id, String group) {
        FakeThing thing = new FakeThing();
        thing.group = group;
        all.put(id, thing);
    }

    synchronized void change(String id, Consumer<FakeThing> change) {
        change.accept(Optional.ofNullable(all.get(id)).orElseThrow());
    }

    synchronized void remove(String id) {
        all.remove(id);
    }

    synchronized void half(String id) {
        half.add(id);
    }

    synchronized Set<String> ids() {
        settle();
        return Set.copyOf(all.keySet());
    }

    synchronized String status(String id) {
        settle();
        FakeThing thing = all.get(id);
        return thing == null ? "gone" : thing.status();
    }

    ResourceRef ref(String id) {
        return new ResourceRef(kind, connection, id);
    }

    synchronized List<Resource> listed() {
        settle();
        return all.entrySet().stream()
                .filter(entry -> !entry.getValue().archived)
                .map(entry -> entry.getValue().resource(ref(entry.getKey())))
                .toList();
    }

    synchronized Capture capture(ResourceRef ref) {
        settle();
        FakeThing thing = all.get(ref.id());
        return thing == null ? new Capture.Absent(ref) : new Capture.Present(thing.resource(ref), thing.state());
    }

    synchronized Use useWhenAsked(Resource resource) {
        return Optional.ofNullable(all.get(resource.ref().id()))
                .flatMap(thing -> thing.usedWhenAsked)
                .orElse(resource.use());
    }

    synchronized boolean anyTakesAlong() {
        return all.values().stream().anyMatch(thing -> thing.collateral.isPresent());
    }

    synchronized List<ResourceRef> takenAlong(String id) {
        return Optional.ofNullable(all.get(id)).stream()
                .flatMap(thing -> thing.collateral.stream())
                .map(this::ref)
                .toList();
    }

    /** Where the thing of the task is now: what was made again has another id. */
    synchronized ResourceRef now(Task task) {
        return all.entrySet().stream()
                .filter(entry -> entry.getValue()
                        .origin
                        .equals(Optional.of(task.operation().value())))
                .map(entry -> ref(entry.getKey()))
                .findFirst()
                .orElse(task.resource());
    }

    synchronized Progress progress(Task task, ResourceRef now, State seen) {
        if (half.contains(now.id())) {
            return Progress.PARTLY;
        }
        return task instanceof Reversal reversal
                ? ThreeWay.progress(reversal.after(), reversal.before(), seen)
                : ThreeWay.progress(task.before(), seen.isAbsent() && disables(task) ? seen : goal(task), seen);
    }

    private static boolean disables(Task task) {
        return task.action().equals("disable");
    }

    private static State goal(Task task) {
        ObjectNode content = task.before().content();
        return switch (task.action()) {
            case "archive" -> State.of(content.put("archived", true));
            case "disable" -> State.of(content.put("enabled", false));
            default -> State.ABSENT;
        };
    }

    synchronized void carryOutAfter(Duration wait, Task task) {
        later.add(new Later(clock.instant().plus(wait), () -> carryOut(task)));
    }

    private void settle() {
        List<Later> due = later.stream()
                .filter(effect -> !effect.at().isAfter(clock.instant()))
                .toList();
        later.removeAll(due);
        due.forEach(effect -> effect.effect().run());
    }

    synchronized void carryOut(Task task) {
        String id = task.resource().id();
        half.remove(id);
        FakeThing thing = all.get(id);
        if (task instanceof Order) {
            State goal = goal(task);
            if (goal.isAbsent()) {
                all.remove(id);
            } else if (thing != null) {
                thing.become(goal);
            }
        } else if (thing != null) {
            thing.become(task.before());
        } else {
            FakeThing again = new FakeThing();
            again.become(task.before());
            again.origin = Optional.of(task.operation().value());
            all.put(id + "-again-" + ++created, again);
        }
    }
}
