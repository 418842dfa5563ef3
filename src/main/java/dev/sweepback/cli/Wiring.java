package dev.sweepback.cli;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.secret.ReferencedSecrets;
import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.gate.Gate;
import dev.sweepback.gate.GateState;
import dev.sweepback.gate.Question;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Settings;
import dev.sweepback.job.Workspace;
import dev.sweepback.journal.Journal;
import dev.sweepback.plan.Purpose;
import dev.sweepback.plan.Readers;
import dev.sweepback.run.Engine;
import dev.sweepback.run.StopSignal;
import dev.sweepback.run.Terms;
import dev.sweepback.schedule.QuartzCron;
import dev.sweepback.store.KeyFile;
import dev.sweepback.store.SnapshotCipher;
import dev.sweepback.store.SqlJournal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Puts the parts together for one settings file and one home. The only place that knows them all. */
final class Wiring implements AutoCloseable {

    private static final String SQLITE = "jdbc:sqlite:";

    private final Path config;
    private final Path home;
    private final Outside outside;
    private final Settings settings;
    private final HttpClients http;
    private final Journal journal;
    private final Catalog catalog;

    private Wiring(Path config, Path home, Outside outside, Settings settings) {
        this.config = config;
        this.home = home;
        this.outside = outside;
        this.settings = settings;
        this.http = new HttpClients(
                duration -> outside.pause().until(outside.clock().instant().plus(duration)), outside.http());
        Path database = home.resolve(settings.store().url().substring(SQLITE.length()));
        SnapshotCipher cipher = cipher(settings, database);
        this.journal = outside.journal().apply(SqlJournal.open(database, cipher, outside.clock()));
        this.catalog = Connectors.all(
                http,
                new ReferencedSecrets(http, outside.environment(), this::connection),
                outside.clock(),
                new Redaction(cipher.derivedKey("redaction")),
                home,
                this::connection,
                () -> List.copyOf(settings.connections().values()));
    }

    /** Reads the files; resolves no secret, opens no socket and no store. */
    static Loaded load(Path config, Outside outside) {
        return described(outside, catalog -> Workspace.load(config, catalog, new QuartzCron(), outside.clock()));
    }

    /** Gives connectors to read descriptions from; they cannot reach anything. */
    static <T> T described(Outside outside, Function<Catalog, T> work) {
        try (HttpClients unused = new HttpClients()) {
            return work.apply(Connectors.all(
                    unused,
                    new ReferencedSecrets(unused, outside.environment(), name -> {
                        throw new IllegalStateException("no secret is resolved while files are read");
                    }),
                    outside.clock(),
                    new Redaction(new byte[] {0}),
                    Path.of(""),
                    name -> {
                        throw new IllegalStateException("no connection is opened while files are read");
                    },
                    List::of));
        }
    }

    /** Gives readers of the systems without opening a store. */
    static <T> T reading(Path config, Path home, Settings settings, Outside outside, Function<Readers, T> work) {
        Function<String, Connection> connections = name -> connection(settings, config, name);
        try (HttpClients http = new HttpClients(
                duration -> outside.pause().until(outside.clock().instant().plus(duration)), outside.http())) {
            Catalog catalog = Connectors.all(
                    http,
                    new ReferencedSecrets(http, outside.environment(), connections),
                    outside.clock(),
                    new Redaction(new byte[] {0}),
                    home,
                    connections,
                    () -> List.copyOf(settings.connections().values()));
            try (Readers readers = new Readers(catalog, settings)) {
                return work.apply(readers);
            }
        }
    }

    /** Opens the store of a settings file that was loaded. @throws dev.sweepback.journal.JournalException if it cannot be opened */
    static Wiring open(Path config, Path home, Settings settings, Outside outside) {
        return new Wiring(config, home, outside, settings);
    }

    private SnapshotCipher cipher(Settings settings, Path database) {
        if (settings.store().key() instanceof SecretRef.File file) {
            return KeyFile.forStore(home.resolve(file.path()), database);
        }
        return KeyFile.fromText(
                new ReferencedSecrets(http, outside.environment(), this::connection)
                        .resolve(settings.store().key())
                        .reveal(),
                settings.store().key().toString());
    }

    private Connection connection(String name) {
        return connection(settings, config, name);
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

    Settings settings() {
        return settings;
    }

    Path home() {
        return home;
    }

    Outside outside() {
        return outside;
    }

    /** Reads the systems; nothing in it can write. */
    Readers readers() {
        return new Readers(catalog, settings);
    }

    GateState gate(Terms terms, Purpose purpose) {
        return Gate.standard()
                .ask(new Question(
                        terms.job(),
                        terms.upgrade(),
                        purpose,
                        journal,
                        outside.clock().instant()));
    }

    /** The parts that act, for one version of the settings. */
    Engine engine(StopSignal stop) {
        return new Engine(journal, catalog, settings, Gate.standard(), outside.clock(), outside.pause(), stop);
    }

    @Override
    public void close() {
        journal.close();
        http.close();
    }
}
