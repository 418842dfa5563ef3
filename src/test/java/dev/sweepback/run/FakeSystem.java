package dev.sweepback.run;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Fields;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.ThreeWay;
import dev.sweepback.connector.Use;
import dev.sweepback.connector.Writer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A system of things in memory, one kind on one connection, {@code thing:fake} if no other is said. {@code archive} and {@code disable} can be taken back exactly,
 * {@code remove} under a new id, {@code revoke} by an equivalent, {@code burn} not at all.
 */
public final class FakeSystem implements Connector {

    public static final String CONNECTION = "fake";
    public static final String KIND = "thing";

    private static final Fields FIELDS = new Fields(List.of(
            new Fields.Field("group", Fields.Type.TEXT, false, "what it belongs to", "old"),
            new Fields.Field("size", Fields.Type.NUMBER, true, "how large it is", 1L)));

    private static final class Thing {
        String group = "";
        String value = "first";
        boolean enabled = true;
        boolean archived;
        Optional<String> origin = Optional.empty();
        Use use = new Use.NotTold();
        Optional<String> untouchable = Optional.empty();
        Optional<String> collateral = Optional.empty();
        Optional<Use> usedWhenAsked = Optional.empty();

        State state() {
            ObjectNode content = JsonMapper.shared().createObjectNode();
            return State.of(content.put("group", group)
                    .put("value", value)
                    .put("enabled", enabled)
                    .put("archived", archived));
        }
    }

    /** What becomes of one request: nothing, everything, or everything later. */
    private record Trouble(ConnectorException.Kind kind, Optional<Duration> effectAfter) {}

    private record Later(Instant at, Runnable effect) {}

    private final Clock clock;
    private final String connection;
    private final String kind;
    private final Map<String, Thing> things = new TreeMap<>();
    private final Map<String, Trouble> troubles = new HashMap<>();
    private final Map<String, ConnectorException.Kind> unreadable = new HashMap<>();
    private final Map<String, String> needs = new HashMap<>();
    private final Set<String> half = new HashSet<>();
    private final List<Later> later = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final List<Integer> captured = new ArrayList<>();
    private Optional<String> handoverObjection = Optional.empty();
    private Optional<Duration> retryAfter = Optional.empty();
    private boolean unlistable;
    private Runnable beforeSend = () -> {};
    private int batch = 1;
    private boolean tellsUse;
    private boolean experimental;
    private int created;

    FakeSystem(Clock clock) {
        this(clock, CONNECTION, KIND);
    }

    private Optional<Reversible> ofThings = Optional.empty();

    FakeSystem(Clock clock, String connection, String kind) {
        this.clock = clock;
        this.connection = connection;
        this.kind = kind;
    }

    public synchronized FakeSystem with(String id, String group) {
        Thing thing = new Thing();
        thing.group = group;
        things.put(id, thing);
        return this;
    }

    /** So many things named a-00, a-01, … */
    public FakeSystem with(int count, String prefix, String group) {
        for (int index = 0; index < count; index++) {
            with("%s-%02d".formatted(prefix, index), group);
        }
        return this;
    }

    public synchronized void used(String id, Use use) {
        thing(id).use = use;
    }

    public synchronized void untouchable(String id, String why) {
        thing(id).untouchable = Optional.of(why);
    }

    /** What the thing may take along; it is what it does take along, when something is done to it. */
    public synchronized void collateral(String id, String other) {
        thing(id).collateral = Optional.of(other);
    }

    /** The listing does not say it; only {@link Reader#use} does. */
    public synchronized void usedWhenAsked(String id, Use use) {
        thing(id).usedWhenAsked = Optional.of(use);
    }

    /** Somebody else changes a thing. */
    public synchronized void change(String id, String value) {
        thing(id).value = value;
    }

    public synchronized void enable(String id, boolean enabled) {
        thing(id).enabled = enabled;
    }

    /** Somebody else takes a thing away. */
    public synchronized void lose(String id) {
        things.remove(id);
    }

    /** The next request about the thing is answered with this error and has no effect. */
    public synchronized void refuse(String id, ConnectorException.Kind kind) {
        troubles.put(id, new Trouble(kind, Optional.empty()));
    }

    /** The next request about the thing is answered with this error and takes effect after all. */
    public synchronized void answerLost(String id, ConnectorException.Kind kind, Duration effectAfter) {
        troubles.put(id, new Trouble(kind, Optional.of(effectAfter)));
    }

    /** What is issued again could not be left anywhere. */
    public synchronized void noHandover(String why) {
        handoverObjection = Optional.of(why);
    }

    public synchronized void unreadable(String id) {
        unreadable(id, ConnectorException.Kind.UNREACHABLE);
    }

    public synchronized void unreadable(String id, ConnectorException.Kind kind) {
        unreadable.put(id, kind);
    }

    /** What it says with each limit from now on: how long it takes no requests. */
    public synchronized void asksToWait(Duration wait) {
        retryAfter = Optional.of(wait);
    }

    public synchronized void readable(String id) {
        unreadable.remove(id);
    }

    /** Every look finds what is to be done with the thing half done, until the next request about it took effect. */
    public synchronized void half(String id) {
        half.add(id);
    }

    public synchronized void unlistable(boolean broken) {
        unlistable = broken;
    }

    /** Use is seen after the action, too. */
    public synchronized FakeSystem tellingUse() {
        tellsUse = true;
        return this;
    }

    /** Its connector rests on documentation alone. */
    public synchronized FakeSystem experimental() {
        experimental = true;
        return this;
    }

    public synchronized FakeSystem batchesOf(int size) {
        batch = size;
        return this;
    }

    public synchronized void beforeSend(Runnable work) {
        beforeSend = work;
    }

    /** Every request that was sent: {@code archive a-00}, {@code undo archive a-00}. */
    public synchronized List<String> sent() {
        return List.copyOf(sent);
    }

    /** How many things each read of single ones was for. */
    public synchronized List<Integer> captured() {
        return List.copyOf(captured);
    }

    public synchronized Set<String> ids() {
        settle();
        return Set.copyOf(things.keySet());
    }

    /** {@code live}, {@code disabled}, {@code archived} or {@code gone}. */
    public synchronized String status(String id) {
        settle();
        Thing thing = things.get(id);
        if (thing == null) {
            return "gone";
        }
        return thing.archived ? "archived" : thing.enabled ? "live" : "disabled";
    }

    static ResourceRef ref(String id) {
        return new ResourceRef(KIND, CONNECTION, id);
    }

    private ResourceRef own(String id) {
        return new ResourceRef(kind, connection, id);
    }

    private Thing thing(String id) {
        return Optional.ofNullable(things.get(id)).orElseThrow();
    }

    private void settle() {
        List<Later> due = later.stream()
                .filter(effect -> !effect.at().isAfter(clock.instant()))
                .toList();
        later.removeAll(due);
        due.forEach(effect -> effect.effect().run());
    }

    @Override
    public synchronized Descriptor descriptor() {
        return new Descriptor(
                "fake",
                kind,
                "Fake",
                experimental,
                List.of(),
                List.of(),
                Set.of(),
                FIELDS,
                List.of(
                        new Descriptor.Action("archive", '-', Reversibility.EXACT, List.of(), ""),
                        new Descriptor.Action("disable", '~', Reversibility.EXACT, List.of(), ""),
                        new Descriptor.Action("remove", '-', Reversibility.LOSSY, List.of(), ""),
                        new Descriptor.Action("revoke", '-', Reversibility.REISSUE, List.of(), ""),
                        new Descriptor.Action("burn", '-', Reversibility.NONE, List.of(), "")),
                List.of(),
                tellsUse,
                things.values().stream().anyMatch(thing -> thing.collateral.isPresent()),
                batch,
                batch,
                Descriptor.Manual.NONE);
    }

    /** What undo can restore of single things, whatever the descriptor declares. */
    public synchronized void reversible(Reversible other) {
        ofThings = Optional.of(other);
    }

    @Override
    public synchronized Reversible reversible(String action, Resource resource, Instructions instructions) {
        if (ofThings.isPresent()) {
            return ofThings.get();
        }
        Reversibility reversibility = descriptor().action(action).orElseThrow().reversibility();
        return new Reversible(reversibility, reversibility == Reversibility.LOSSY ? List.of("/id") : List.of());
    }

    private Resource resource(String id, Thing thing) {
        return new Resource(
                own(id),
                id,
                List.of(),
                Map.of("group", thing.group),
                thing.value + thing.enabled,
                thing.use,
                thing.untouchable,
                thing.collateral.map(other -> "may take along " + other));
    }

    private Capture capture(ResourceRef ref) {
        settle();
        ConnectorException.Kind trouble = unreadable.get(ref.id());
        if (trouble != null) {
            return new Capture.Unknown(ref, error(trouble, "cannot be read"));
        }
        Thing thing = things.get(ref.id());
        return thing == null ? new Capture.Absent(ref) : new Capture.Present(resource(ref.id(), thing), thing.state());
    }

    private Look look(Task task) {
        ResourceRef now = things.entrySet().stream()
                .filter(entry -> entry.getValue()
                        .origin
                        .equals(Optional.of(task.operation().value())))
                .map(entry -> own(entry.getKey()))
                .findFirst()
                .orElse(task.resource());
        Capture capture = capture(now);
        if (capture instanceof Capture.Unknown unknown) {
            return Look.unknown(task, unknown.error());
        }
        State seen = capture instanceof Capture.Present present ? present.state() : State.ABSENT;
        Progress progress = task instanceof Reversal reversal
                ? ThreeWay.progress(reversal.after(), reversal.before(), seen)
                : ThreeWay.progress(task.before(), seen.isAbsent() && disables(task) ? seen : goal(task), seen);
        return new Look(half.contains(now.id()) ? Progress.PARTLY : progress, now, capture);
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

    private Answer send(Task task) {
        String id = task.resource().id();
        sent.add((task instanceof Reversal ? "undo " : "") + task.action() + " " + id);
        Trouble trouble = troubles.remove(id);
        if (trouble == null) {
            List<ResourceRef> taken = Optional.ofNullable(things.get(id)).stream()
                    .flatMap(thing -> thing.collateral.stream())
                    .map(this::own)
                    .toList();
            effect(task);
            return new Answer.Accepted(Optional.of("request-" + sent.size()), taken, Optional.empty());
        }
        trouble.effectAfter()
                .ifPresent(wait -> later.add(new Later(clock.instant().plus(wait), () -> effect(task))));
        return new Answer.Failed(error(trouble.kind(), "did not answer well"));
    }

    private void effect(Task task) {
        half.remove(task.resource().id());
        Thing thing = things.get(task.resource().id());
        if (task instanceof Order) {
            State goal = goal(task);
            if (goal.isAbsent()) {
                things.remove(task.resource().id());
            } else if (thing != null) {
                become(thing, goal);
            }
        } else if (thing != null) {
            become(thing, task.before());
        } else {
            Thing again = new Thing();
            become(again, task.before());
            again.origin = Optional.of(task.operation().value());
            things.put(task.resource().id() + "-again-" + ++created, again);
        }
    }

    private static void become(Thing thing, State state) {
        ObjectNode content = state.content();
        thing.group = content.path("group").asString();
        thing.value = content.path("value").asString();
        thing.enabled = content.path("enabled").asBoolean();
        thing.archived = content.path("archived").asBoolean();
    }

    private ConnectorException error(ConnectorException.Kind trouble, String what) {
        return new ConnectorException(trouble, connection, what, "try again", retryAfter);
    }

    /** Undo of the one needs the other to be there. */
    public synchronized void needs(String id, String other) {
        needs.put(id, other);
    }

    @Override
    public synchronized List<ResourceRef> needs(ResourceRef resource, State before) {
        return Optional.ofNullable(needs.get(resource.id())).map(this::own).stream()
                .toList();
    }

    @Override
    public Reader reader(Connection connection) {
        return new FakeReader();
    }

    @Override
    public Writer writer(Connection connection) {
        return new FakeWriter();
    }

    private final class FakeReader implements Reader {

        @Override
        public Population find(Scope scope) {
            synchronized (FakeSystem.this) {
                settle();
                if (unlistable) {
                    throw error(ConnectorException.Kind.TIMEOUT, "the list was not read to its end");
                }
                return new Population(things.entrySet().stream()
                        .filter(entry -> !entry.getValue().archived)
                        .map(entry -> resource(entry.getKey(), entry.getValue()))
                        .toList());
            }
        }

        @Override
        public List<Capture> capture(List<ResourceRef> resources) {
            synchronized (FakeSystem.this) {
                captured.add(resources.size());
                return resources.stream().map(FakeSystem.this::capture).toList();
            }
        }

        @Override
        public List<Use> use(List<Resource> resources) {
            synchronized (FakeSystem.this) {
                return resources.stream()
                        .map(resource -> Optional.ofNullable(
                                        things.get(resource.ref().id()))
                                .flatMap(thing -> thing.usedWhenAsked)
                                .orElse(resource.use()))
                        .toList();
            }
        }

        @Override
        public Optional<String> objection(Instructions instructions) {
            return handoverObjection;
        }

        @Override
        public List<Look> look(List<Task> tasks) {
            synchronized (FakeSystem.this) {
                return tasks.stream().map(FakeSystem.this::look).toList();
            }
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private final class FakeWriter implements Writer {

        @Override
        public List<Answer> apply(List<Order> orders) {
            return all(orders);
        }

        @Override
        public List<Answer> revert(List<Reversal> reversals) {
            return all(reversals);
        }

        private List<Answer> all(List<? extends Task> tasks) {
            synchronized (FakeSystem.this) {
                beforeSend.run();
                return tasks.stream().map(FakeSystem.this::send).toList();
            }
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
