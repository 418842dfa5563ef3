package dev.sweepback.job;

import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Rate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The one table of keys of each kind of file. A key that guards and is not enforced yet is in it as {@link Shape.Key#later}. */
final class Shapes {

    private static final int MANY = 1_000_000;
    static final Shape LINE = new Shape.Text(Format.LINE);
    static final Shape NAME = new Shape.Text(Format.NAME);
    static final Shape TIME = new Shape.Time(false);
    private static final Shape TIME_OR_ZERO = new Shape.Time(true);
    private static final Shape PERCENT = new Shape.Count(0, 100);

    private Shapes() {}

    static Shape.Section job(Catalog catalog) {
        return file(
                "Job",
                Shape.Key.required("metadata", metadata(true), "name and labels"),
                Shape.Key.required(
                        "spec",
                        section(
                                Shape.Key.required("after", after(), "after which upgrades"),
                                Shape.Key.optional(
                                        "start",
                                        new Shape.Word(List.of("manual", "automatic")),
                                        "manual (the default) waits for enable"),
                                Shape.Key.optional("schedule", schedule(), "the only times at which it starts"),
                                Shape.Key.optional(
                                        "policy",
                                        NAME,
                                        "a policy; without it " + Policy.CAREFUL + ", which is built in"),
                                Shape.Key.required("steps", new Shape.Listing(step(catalog), true), "what is removed"),
                                Shape.Key.optional(
                                        "checks",
                                        new Shape.Listing(CheckShapes.check(), false),
                                        "what must be so in the outside world before it acts"),
                                Shape.Key.optional(
                                        "onCheckFailure",
                                        new Shape.Word(
                                                words(BackOut.OnCheckFailure.values(), BackOut.OnCheckFailure::word)),
                                        "what becomes of a run whose check fails between waves, or while it is watched; stop without it"),
                                Shape.Key.optional(
                                        "watch",
                                        TIME,
                                        "how long the checks are asked on after a run; not at all without it"),
                                Shape.Key.optional(
                                        "undo",
                                        section(
                                                Shape.Key.optional(
                                                        "onRollback",
                                                        new Shape.Word(words(
                                                                BackOut.OnRollback.values(), BackOut.OnRollback::word)),
                                                        "what becomes of what was removed when the upgrade is rolled back; auto without it"),
                                                Shape.Key.later("keepFor")),
                                        "when it is taken back by itself")),
                        "what the job does"));
    }

    static Shape.Section policy(Catalog catalog) {
        return file(
                "Policy",
                Shape.Key.required("metadata", metadata(false), "the name"),
                Shape.Key.required(
                        "spec",
                        section(
                                Shape.Key.optional("limits", limits(catalog), "caps that refuse a whole plan"),
                                Shape.Key.optional(
                                        "protect",
                                        new Shape.Listing(new Shape.Text(Format.PROTECTION), false),
                                        "what is never touched"),
                                Shape.Key.optional(
                                        "reversibility",
                                        new Shape.Word(List.of("exact", "lossy", "reissue", "none")),
                                        "the weakest class allowed; lossy without it. none: also what cannot be put back, where a step says irreversible"),
                                Shape.Key.optional(
                                        "minIdle",
                                        TIME_OR_ZERO,
                                        "how long unused, where the system tells; 7d without it"),
                                Shape.Key.optional("waves", waves(), "batches between two looks at the gate"),
                                Shape.Key.optional(
                                        "stopAfterFailures",
                                        new Shape.Count(1, MANY),
                                        "failed operations that stop a run; 1 without it"),
                                Shape.Key.optional("rate", rate("operations"), "how fast a run may act"),
                                Shape.Key.optional("approval", PeopleShapes.approval(), "whose word a plan needs"),
                                Shape.Key.optional(
                                        "hours",
                                        TimeShapes.hours(),
                                        "when operations may be begun; any time without it"),
                                Shape.Key.optional(
                                        "maxPerHour",
                                        new Shape.Count(1, MANY),
                                        "operations begun in any hour, by all runs under the policy; any number without it"),
                                Shape.Key.optional(
                                        "confirm",
                                        new Shape.Word(List.of(PolicyPeople.ENVIRONMENT_NAME, PolicyPeople.NOTHING)),
                                        "environment-name (the default): a person types it before what cannot be put back is done"),
                                Shape.Key.optional(
                                        "allow",
                                        AllowSection.shape(),
                                        "what alone may be acted on; everything without it"),
                                Shape.Key.optional(
                                        "statedTimes",
                                        new Shape.Word(List.of("accept", "refuse")),
                                        "whether an upgrade counts whose times were stated afterwards, by --at; refuse without it"),
                                Shape.Key.optional(
                                        "undo", PeopleShapes.undo(), "whose word an undo needs that somebody asks for"),
                                Shape.Key.later("drill")),
                        "the limits"));
    }

    /** @param brokenTypes the types of descriptions that have problems of their own */
    static Shape.Section settings(Catalog catalog, Set<String> brokenTypes) {
        return file(
                "Settings",
                Shape.Key.required("environment", NAME, "the environment of connections that name none"),
                Shape.Key.required(
                        "connections",
                        new Shape.Named(Format.NAME, ConnectionShapes.all(catalog, brokenTypes)),
                        "the external systems"),
                Shape.Key.optional(
                        "store",
                        section(
                                Shape.Key.optional(
                                        "url", new Shape.Text(Format.JDBC_URL), "relative to the home folder"),
                                Shape.Key.optional(
                                        "key",
                                        new Shape.Text(Format.SECRET),
                                        "the key of the snapshots; a file relative to the home folder"),
                                Shape.Key.later("user"),
                                Shape.Key.later("password")),
                        "where the journal is"),
                Shape.Key.optional(
                        "server",
                        section(
                                Shape.Key.optional("listen", new Shape.Text(Format.LISTEN), "where the daemon listens"),
                                Shape.Key.optional("signals", SignalShapes.all(), "who may tell of upgrades, signed")),
                        "the daemon"),
                Shape.Key.optional(
                        "clockSkew", TIME_OR_ZERO, "how far other systems' clocks may be off; 60s without it"),
                Shape.Key.optional(
                        "freezes", new Shape.Listing(TimeShapes.freeze(), false), "times in which nothing is removed"),
                Shape.Key.later("checkpoints"),
                Shape.Key.later("notify"),
                Shape.Key.optional("actors", PeopleShapes.actors(), "which roles somebody has"));
    }

    static Shape.Section file(String kind, Shape.Key... keys) {
        return new Shape.Section(Stream.concat(
                        Stream.of(
                                Shape.Key.required(
                                        "apiVersion", new Shape.Word(List.of("sweepback/v1")), "the format's version"),
                                Shape.Key.required("kind", new Shape.Word(List.of(kind)), "what the file is")),
                        Stream.of(keys))
                .toList());
    }

    static Shape.Section section(Shape.Key... keys) {
        return new Shape.Section(List.of(keys));
    }

    private static Shape.Section metadata(boolean labels) {
        Shape.Key name = Shape.Key.required("name", NAME, "unique among its kind");
        return labels
                ? section(name, Shape.Key.optional("labels", new Shape.Named(Format.NAME, LINE), "for people"))
                : section(name);
    }

    private static Shape.Section after() {
        return section(
                Shape.Key.required("package", LINE, "the package that was upgraded"),
                Shape.Key.required("environment", NAME, "where; connections of another one are refused"),
                Shape.Key.optional("soak", TIME_OR_ZERO, "how long it must have run well; none without it"));
    }

    private static Shape.Section schedule() {
        return section(
                Shape.Key.required("cron", LINE, "as Quartz writes it: seconds first"),
                Shape.Key.optional("timezone", LINE, "for example Europe/Berlin; UTC without it"),
                Shape.Key.optional(
                        "misfire",
                        new Shape.Word(List.of("run-once", "skip")),
                        "what becomes of a missed time; run-once without it"));
    }

    private static Shape.Section step(Catalog catalog) {
        List<Shape.Key> select = new ArrayList<>();
        select.add(Shape.Key.optional(
                "where", new Shape.Text(Format.TEXT), "a CEL condition; all of the scope without it"));
        Map<String, Shape.Key> scopes = new LinkedHashMap<>();
        for (Connector connector : catalog.all()) {
            Descriptor descriptor = connector.descriptor();
            for (Descriptor.Key key : descriptor.selectKeys()) {
                scopes.putIfAbsent(
                        key.name(), Shape.Key.optional(key.name(), LINE, descriptor.kind() + ": " + key.description()));
            }
        }
        select.addAll(scopes.values());
        return section(
                Shape.Key.required("name", LINE, "unique in the job"),
                Shape.Key.optional("needs", new Shape.Listing(LINE, false), "steps that come before it"),
                Shape.Key.required("connection", NAME, "a connection of the settings"),
                Shape.Key.required("kind", described(kinds(catalog)), "what the resources are"),
                Shape.Key.optional("select", new Shape.Section(select), "which of them"),
                Shape.Key.required("action", described(actions(catalog)), "what is done"),
                Shape.Key.optional(
                        "quarantine",
                        TIME,
                        "how long what was done is held: put back by itself where its system tells that it is used, then `then` follows"),
                Shape.Key.optional(
                        "then",
                        described(actions(catalog)),
                        "what follows the quarantine; left out, it is held no longer and stays as it is"),
                Shape.Key.optional(
                        "handover",
                        new Shape.Text(Format.HANDOVER),
                        "where a credential is left that undo issues again"),
                Shape.Key.optional(
                        "secretRef",
                        new Shape.Text(Format.SECRET),
                        "the secret that undo gives to what it re-creates, where the system does not show it"),
                Shape.Key.optional(
                        "collateral",
                        new Shape.Word(List.of("accept")),
                        "accept: the action may take along what depends on the resource"),
                Shape.Key.optional(
                        "irreversible",
                        new Shape.Flag(),
                        "true: also what cannot be put back, if the policy allows that"));
    }

    /** Connectors that a workspace describes have words of their own. */
    private static Shape described(List<String> words) {
        return new Shape.Word(words, Optional.of(Format.NAME));
    }

    private static Shape.Section limits(Catalog catalog) {
        List<Shape.Key> caps = List.of(
                Shape.Key.optional("maxOperations", new Shape.Count(1, MANY), "operations of a plan; 50 without it"),
                Shape.Key.optional("maxPercent", new Shape.Count(1, 100), "percent of a population; 10 without it"),
                Shape.Key.optional(
                        "minPopulation",
                        new Shape.Count(0, MANY),
                        "a smaller population is not believed; 1 without it"),
                Shape.Key.optional(
                        "maxDrop",
                        PERCENT,
                        "percent by which a population may be smaller than at the last run, however few that are; 50 without it"),
                Shape.Key.optional(
                        "always",
                        new Shape.Count(0, MANY),
                        "up to this number of operations maxPercent does not bind; 5 without it"));
        List<Shape.Key> kinds = kinds(catalog).stream()
                .map(kind -> Shape.Key.optional(kind, new Shape.Section(caps), "limits of this kind"))
                .toList();
        List<Shape.Key> all = new ArrayList<>(caps);
        all.add(Shape.Key.optional(
                "byKind",
                new Shape.Section(kinds, List.of(), Optional.of(new Shape.Section(caps))),
                "other limits for single kinds"));
        return new Shape.Section(all);
    }

    private static Shape.Section waves() {
        return section(
                Shape.Key.optional("size", new Shape.Count(1, MANY), "operations in a wave; 20 without it"),
                Shape.Key.optional("pause", TIME_OR_ZERO, "before the next wave; none without it"));
    }

    static Shape.Section rate(String what) {
        return section(Shape.Key.required(
                "perSecond", new Shape.Count(1, Rate.MOST), what + " in a second at most, evenly spaced"));
    }

    private static <T> List<String> words(T[] values, Function<T, String> word) {
        return Stream.of(values).map(word).toList();
    }

    static List<String> kinds(Catalog catalog) {
        return catalog.all().stream()
                .map(connector -> connector.descriptor().kind())
                .distinct()
                .toList();
    }

    static List<String> actions(Catalog catalog) {
        return catalog.all().stream()
                .flatMap(connector -> connector.descriptor().actions().stream())
                .map(Descriptor.Action::name)
                .distinct()
                .toList();
    }
}
