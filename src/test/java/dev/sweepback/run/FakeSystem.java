package dev.sweepback.run;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Fields;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Use;
import dev.sweepback.connector.Writer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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

    private final String kind;
    private final FakeThings things;
    private final FakeTroubles troubles;
    private final Map<String, String> needs = new ConcurrentHashMap<>();
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> captured = Collections.synchronizedList(new ArrayList<>());
    private volatile Optional<Reversible> ofThings = Optional.empty();
    private volatile Optional<String> handoverObjection = Optional.empty();
    private volatile Runnable beforeSend = () -> {};
    private volatile int batch = 1;
    private volatile boolean tellsUse;
    private volatile boolean experimental;

    FakeSystem(Clock clock) {
        this(clock, CONNECTION, KIND);
    }

    FakeSystem(Clock clock, String connection, String kind) {
        this.kind = kind;
        this.things = new FakeThings(clock, connection, kind);
        this.troubles = new FakeTroubles(connection);
    }

    public FakeSystem with(String id, String group) {
        things.add(id, group);
        return this;
    }

    /** So many things named a-00, a-01, … */
    public FakeSystem with(int count, String prefix, String group) {
        for (int index = 0; index < count; index++) {
            with("%s-%02d".formatted(prefix, index), group);
        }
        return this;
    }

    public void used(String id, Use use) {
        things.change(id, thing -> thing.use = use);
    }

    public void untouchable(String id, String why) {
        things.change(id, thing -> thing.untouchable = Optional.of(why));
    }

    /** What the thing may take along; it is what it does take along, when something is done to it. */
    public void collateral(String id, String other) {
        things.change(id, thing -> thing.collateral = Optional.of(other));
    }

    /** The listing does not say it; only {@link Reader#use} does. */
    public void usedWhenAsked(String id, Use use) {
        things.change(id, thing -> thing.usedWhenAsked = Optional.of(use));
    }

    /** Somebody else changes a thing. */
    public void change(String id, String value) {
        things.change(id, thing -> thing.value = value);
    }

    public void enable(String id, boolean enabled) {
        things.change(id, thing -> thing.enabled = enabled);
    }

    /** Somebody else takes a thing away. */
    public void lose(String id) {
        things.remove(id);
    }

    /** The next request about the thing is answered with this error and has no effect. */
    public void refuse(String id, ConnectorException.Kind kind) {
        troubles.refuse(id, kind);
    }

    /** The next request about the thing is answered with this error and takes effect after all. */
    public void answerLost(String id, ConnectorException.Kind kind, Duration effectAfter) {
        troubles.answerLost(id, kind, effectAfter);
    }

    /** The next request about the thing is accepted and has no effect. */
    public void acceptInVain(String id) {
        troubles.acceptInVain(id);
    }

    /** What is issued again could not be left anywhere. */
    public void noHandover(String why) {
        handoverObjection = Optional.of(why);
    }

    public void unreadable(String id) {
        unreadable(id, ConnectorException.Kind.UNREACHABLE);
    }

    public void unreadable(String id, ConnectorException.Kind kind) {
        troubles.unreadable(id, kind);
    }

    /** The thing itself can be read. */
    public void unreadableUse(String id, ConnectorException.Kind kind) {
        troubles.unreadableUse(id, kind);
    }

    /** What it says with each limit from now on: how long it takes no requests. */
    public void asksToWait(Duration wait) {
        troubles.asksToWait(wait);
    }

    public void readable(String id) {
        troubles.readable(id);
    }

    /** Every look finds what is to be done with the thing half done, until the next request about it took effect. */
    public void half(String id) {
        things.half(id);
    }

    public void unlistable(boolean broken) {
        troubles.unlistable(broken);
    }

    /** Use is seen after the action, too. */
    public FakeSystem tellingUse() {
        tellsUse = true;
        return this;
    }

    /** Its connector rests on documentation alone. */
    public FakeSystem experimental() {
        experimental = true;
        return this;
    }

    public FakeSystem batchesOf(int size) {
        batch = size;
        return this;
    }

    public void beforeSend(Runnable work) {
        beforeSend = work;
    }

    /** Every request that was sent: {@code archive a-00}, {@code undo archive a-00}. */
    public List<String> sent() {
        return List.copyOf(sent);
    }

    /** How many things each read of single ones was for. */
    public List<Integer> captured() {
        return List.copyOf(captured);
    }

    public Set<String> ids() {
        return things.ids();
    }

    /** {@code live}, {@code disabled}, {@code archived} or {@code gone}. */
    public String status(String id) {
        return things.status(id);
    }

    static ResourceRef ref(String id) {
        return new ResourceRef(KIND, CONNECTION, id);
    }

    @Override
    public Descriptor descriptor() {
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
                things.anyTakesAlong(),
                batch,
                batch,
                Descriptor.Manual.NONE);
    }

    /** What undo can restore of single things, whatever the descriptor declares. */
    public void reversible(Reversible other) {
        ofThings = Optional.of(other);
    }

    @Override
    public Reversible reversible(String action, Resource resource, Instructions instructions) {
        if (ofThings.isPresent()) {
            return ofThings.get();
        }
        Reversibility reversibility = descriptor().action(action).orElseThrow().reversibility();
        return new Reversible(reversibility, reversibility == Reversibility.LOSSY ? List.of("/id") : List.of());
    }

    /** Undo of the one needs the other to be there. */
    public void needs(String id, String other) {
        needs.put(id, other);
    }

    @Override
    public List<ResourceRef> needs(ResourceRef resource, State before) {
        return Optional.ofNullable(needs.get(resource.id())).map(things::ref).stream()
                .toList();
    }

    @Override
    public Reader reader(Connection unused) {
        return new FakeReader(things, troubles, captured, () -> handoverObjection);
    }

    @Override
    public Writer writer(Connection unused) {
        return new FakeWriter(things, troubles, () -> beforeSend.run(), sent);
    }
}
