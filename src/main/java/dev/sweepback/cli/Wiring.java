package dev.sweepback.cli;

import dev.sweepback.adapter.check.AskedOutside;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.secret.ReferencedSecrets;
import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.Secrets;
import dev.sweepback.gate.Approvals;
import dev.sweepback.gate.AskedChecks;
import dev.sweepback.gate.ClockWatch;
import dev.sweepback.gate.Gate;
import dev.sweepback.gate.GateState;
import dev.sweepback.gate.Measures;
import dev.sweepback.gate.Question;
import dev.sweepback.gate.Roles;
import dev.sweepback.job.Description;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Settings;
import dev.sweepback.job.Workspace;
import dev.sweepback.journal.Journal;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Purpose;
import dev.sweepback.plan.Readers;
import dev.sweepback.run.Engine;
import dev.sweepback.run.StopSignal;
import dev.sweepback.run.Terms;
import dev.sweepback.schedule.QuartzCron;
import dev.sweepback.store.ReadOnlyJournal;
import dev.sweepback.store.SnapshotCipher;
import dev.sweepback.store.SqlJournal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** Puts the parts together for one settings file and one home. The only place that knows them all. */
final class Wiring implements AutoCloseable {

    private static final String SQLITE = "jdbc:sqlite:";
    private static final String REDACTION = "redaction";
    private static final int REDACTION_BYTES = 32;

    /** What sends requests, and what it tells of the clock. */
    private record Clients(HttpClients http, ClockWatch watch) {}

    private final Path home;
    private final Outside outside;
    private final Settings settings;
    private final HttpClients http;
    private final Journal journal;
    private final Secrets secrets;
    private final Catalog catalog;
    private final Gate gate;

    private Wiring(
            Path config,
            Path home,
            Outside outside,
            Settings settings,
            Clients clients,
            Journal store,
            Redaction redaction) {
        this.home = home;
        this.outside = outside;
        this.settings = settings;
        this.journal = outside.journal().apply(store);
        this.http = clients.http();
        Function<String, Connection> connections = name -> connection(settings, config, name);
        this.secrets = new ReferencedSecrets(http, outside.environment(), connections);
        this.catalog = Connectors.with(
                Connectors.all(
                        http,
                        secrets,
                        outside.clock(),
                        redaction,
                        home,
                        connections,
                        () -> List.copyOf(settings.connections().values())),
                settings.descriptions(),
                http,
                secrets,
                redaction,
                new ProbeRecords(journal, settings));
        this.gate = Gate.standard(
                settings.freezes(),
                new AskedChecks(new AskedOutside(http, secrets, this::readers), outside.clock()),
                clients.watch());
    }

    /** Reads the files; resolves no secret, opens no socket and no store. */
    static Loaded load(Path config, Outside outside) {
        return catalogs(outside, catalogs -> Workspace.load(config, catalogs, new QuartzCron(), outside.clock()));
    }

    /** Gives the connectors of the program to read descriptions from; they cannot reach anything. */
    static <T> T described(Outside outside, Function<Catalog, T> work) {
        return catalogs(outside, catalogs -> work.apply(catalogs.apply(List.of())));
    }

    /** The same, with those that a workspace describes. */
    static <T> T described(Outside outside, Settings settings, Function<Catalog, T> work) {
        return catalogs(outside, catalogs -> work.apply(catalogs.apply(settings.descriptions())));
    }

    private static <T> T catalogs(Outside outside, Function<Function<List<Description>, Catalog>, T> work) {
        try (HttpClients unused = new HttpClients()) {
            Secrets secrets = new ReferencedSecrets(unused, outside.environment(), name -> {
                throw new IllegalStateException("no secret is resolved while files are read");
            });
            Redaction redaction = new Redaction(new byte[] {0});
            Catalog builtIn = Connectors.all(
                    unused,
                    secrets,
                    outside.clock(),
                    redaction,
                    Path.of(""),
                    name -> {
                        throw new IllegalStateException("no connection is opened while files are read");
                    },
                    List::of);
            return work.apply(descriptions ->
                    Connectors.with(builtIn, descriptions, unused, secrets, redaction, ProbeRecords.NOTHING_PROVEN));
        }
    }

    /** Gives readers of the systems without opening a store. */
    static <T> T reading(Path config, Path home, Settings settings, Outside outside, Function<Readers, T> work) {
        return asking(config, home, settings, outside, (readers, unused) -> work.apply(readers));
    }

    /** The same, with what asks checks. */
    static <T> T asking(
            Path config, Path home, Settings settings, Outside outside, BiFunction<Readers, Measures, T> work) {
        Function<String, Connection> connections = name -> connection(settings, config, name);
        try (HttpClients http = http(outside, watch(settings, outside), connections)) {
            Secrets secrets = new ReferencedSecrets(http, outside.environment(), connections);
            Redaction redaction = new Redaction(new byte[] {0});
            Catalog builtIn = Connectors.all(
                    http,
                    secrets,
                    outside.clock(),
                    redaction,
                    home,
                    connections,
                    () -> List.copyOf(settings.connections().values()));
            Catalog catalog = Connectors.with(
                    builtIn, settings.descriptions(), http, secrets, redaction, ProbeRecords.NOTHING_PROVEN);
            try (Readers readers = new Readers(catalog, settings)) {
                return work.apply(readers, new AskedOutside(http, secrets, () -> new Readers(catalog, settings)));
            }
        }
    }

    /**
     * Opens the store of a settings file that was loaded, or makes it.
     *
     * @throws dev.sweepback.journal.JournalException if it cannot be opened, or its key is not at hand
     */
    static Wiring open(Path config, Path home, Settings settings, Outside outside) {
        return withClients(config, settings, outside, clients -> {
            SnapshotCipher cipher =
                    key(config, home, settings, outside, clients.http()).toWrite();
            Journal store = SqlJournal.open(database(home, settings), cipher, outside.clock());
            Redaction redaction = new Redaction(cipher.derivedKey(REDACTION));
            return new Wiring(config, home, outside, settings, clients, store, redaction);
        });
    }

    /**
     * Opens a store to look at it: makes and changes nothing, and goes on without the key if that is not at hand.
     *
     * @param warn told what cannot be done then
     * @throws dev.sweepback.journal.JournalException if there is no store, or it cannot be read
     */
    static Wiring openToRead(Path config, Path home, Settings settings, Outside outside, Consumer<String> warn) {
        return withClients(config, settings, outside, clients -> {
            SnapshotCipher cipher =
                    key(config, home, settings, outside, clients.http()).toRead(warn);
            byte[] redaction = new byte[REDACTION_BYTES];
            // Without the key fingerprints must not tell more than with it; they only fit to nothing else.
            new SecureRandom().nextBytes(redaction);
            return new Wiring(
                    config,
                    home,
                    outside,
                    settings,
                    clients,
                    ReadOnlyJournal.open(database(home, settings), cipher),
                    new Redaction(cipher.keyId().isEmpty() ? redaction : cipher.derivedKey(REDACTION)));
        });
    }

    /** They are closed again if nothing comes of it. */
    private static Wiring withClients(Path config, Settings settings, Outside outside, Function<Clients, Wiring> open) {
        ClockWatch watch = watch(settings, outside);
        HttpClients http = http(outside, watch, name -> connection(settings, config, name));
        try {
            return open.apply(new Clients(http, watch));
        } catch (RuntimeException e) {
            http.close();
            throw e;
        }
    }

    private static ClockWatch watch(Settings settings, Outside outside) {
        return new ClockWatch(outside.clock(), outside.nanos(), settings.clockSkew());
    }

    /** Where the store is, or will be. */
    static Path database(Path home, Settings settings) {
        return home.resolve(settings.store().url().substring(SQLITE.length()));
    }

    private static StoreKey key(Path config, Path home, Settings settings, Outside outside, HttpClients http) {
        Secrets secrets =
                new ReferencedSecrets(http, outside.environment(), name -> connection(settings, config, name));
        return new StoreKey(settings.store().key(), home, database(home, settings), secrets);
    }

    private static HttpClients http(Outside outside, ClockWatch watch, Function<String, Connection> connections) {
        return new HttpClients(
                duration -> outside.pause().until(outside.clock().instant().plus(duration)),
                Optional.of(outside.clock()),
                Optional.of(watch),
                outside.http(),
                clients -> new ReferencedSecrets(clients, outside.environment(), connections));
    }

    private static Connection connection(Settings settings, Path config, String name) {
        return settings.connection(name)
                .orElseThrow(() -> new Failure(
                        ExitCode.USAGE,
                        "unknown-connection",
                        "there is no connection '" + name + "'",
                        config.toString(),
                        "add it under connections, or correct the name"));
    }

    Journal journal() {
        return journal;
    }

    Catalog catalog() {
        return catalog;
    }

    Secrets secrets() {
        return secrets;
    }

    Settings settings() {
        return settings;
    }

    Path home() {
        return home;
    }

    /** The folder whose acting lock guards the store: several homes may name the same one. */
    Path storeFolder() {
        return SqlJournal.folder(database(home, settings));
    }

    Outside outside() {
        return outside;
    }

    /** Reads the systems; nothing in it can write. */
    Readers readers() {
        return new Readers(catalog, settings);
    }

    /** Who has which role. */
    Roles roles() {
        return new Roles(settings.actors());
    }

    Gate gate() {
        return gate;
    }

    /** The gate as it stands, each check asked once. */
    GateState gate(Terms terms, Purpose purpose) {
        return gate.ask(question(terms, purpose));
    }

    Question question(Terms terms, Purpose purpose) {
        return new Question(
                terms.job(),
                terms.policy(),
                terms.upgrade(),
                purpose,
                journal,
                outside.clock().instant());
    }

    /** Whose word a plan has, if its policy asks for any. */
    Optional<Approvals> approvals(Plan plan, Terms terms) {
        boolean asked = plan.purpose() == Purpose.CLEANUP && !plan.operations().isEmpty();
        return terms.policy()
                .permits()
                .approval()
                .filter(unused -> asked)
                .map(wanted -> Approvals.read(
                        journal, plan.id(), wanted, roles(), outside.clock().instant()));
    }

    /** The parts that act, for one version of the settings. */
    Engine engine(StopSignal stop) {
        return new Engine(journal, catalog, settings, gate, outside.clock(), outside.pause(), stop);
    }

    @Override
    public void close() {
        journal.close();
        http.close();
    }
}
