package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.Secret;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Samples;
import dev.sweepback.job.Schemas;
import dev.sweepback.job.Settings;
import dev.sweepback.job.Workspace;
import dev.sweepback.schedule.QuartzCron;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The examples and schemas that the project publishes, with the connectors that it has. */
class PublishedFilesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-05-01T12:00:00Z"), ZoneOffset.UTC);

    private final HttpClients http = new HttpClients();
    private final Redaction redaction = new Redaction(new byte[] {0});
    private final Catalog catalog = Connectors.all(
            http,
            reference -> new Secret("none"),
            CLOCK,
            redaction,
            Path.of(""),
            name -> {
                throw new IllegalStateException("no connection is opened while files are read");
            },
            List::of);

    private Loaded load(Path settings) {
        return Workspace.load(
                settings,
                descriptions -> Connectors.with(
                        catalog,
                        descriptions,
                        http,
                        reference -> new Secret("none"),
                        redaction,
                        ProbeRecords.NOTHING_PROVEN),
                new QuartzCron(),
                CLOCK);
    }

    private Catalog catalog(Settings settings) {
        return Connectors.with(
                catalog,
                settings.descriptions(),
                http,
                reference -> new Secret("none"),
                redaction,
                ProbeRecords.NOTHING_PROVEN);
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void theExamplesAreValid() {
        Loaded loaded = load(Path.of("sweepback.yaml"));

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.warnings()).isEmpty();
        assertThat(loaded.jobs().values().stream().map(job -> job.source().path()))
                .containsExactlyInAnyOrderElementsOf(Examples.list(Path.of("jobs"), ""))
                .isNotEmpty();
        assertThat(loaded.policies()).hasSameSizeAs(Examples.list(Path.of("policies"), ""));
        Settings settings = loaded.settings().orElseThrow();
        assertThat(settings.descriptions()).hasSameSizeAs(Examples.list(Path.of("connectors"), ""));
        for (Job job : loaded.jobs().values()) {
            assertThat(Samples.neverClear(job, settings, catalog(settings), CLOCK.instant()))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"job", "policy", "settings", "connector"})
    void thePublishedSchemasAreThoseOfTheCode(String kind) throws IOException {
        assertThat(Files.readString(published(kind)))
                .as("write it anew: sweepback schema %s > %s", kind, published(kind))
                .isEqualTo(schema(kind));
    }

    @Test
    void theReferenceOfConnectorsIsThatOfTheCode() throws IOException {
        assertThat(Files.readString(Path.of("docs/connectors.md")))
                .as("write it anew: sweepback connectors > docs/connectors.md")
                .isEqualTo(ConnectorReference.markdown(catalog));
    }

    static Stream<Arguments> examples() {
        return Stream.of(
                        Stream.of(arguments(Path.of("sweepback.yaml"), "settings", "docs/schema/settings.json")),
                        Examples.list(Path.of("jobs"), "").stream()
                                .map(job -> arguments(job, "job", "../docs/schema/job.json")),
                        Examples.list(Path.of("policies"), "").stream()
                                .map(policy -> arguments(policy, "policy", "../docs/schema/policy.json")),
                        Examples.list(Path.of("connectors"), "").stream()
                                .map(connector -> arguments(connector, "connector", "../docs/schema/connector.json")))
                .flatMap(examples -> examples);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theExamplesNameTheirSchemaAndMatchIt(Path example, String kind, String reference) throws IOException {
        String text = Files.readString(example);

        assertThat(text).startsWith("# yaml-language-server: $schema=" + reference + "\n");
        requireSchema(text, kind);
    }

    static List<Examples.Block> yaml() {
        return Examples.blocks("yaml");
    }

    /**
     * A block is a whole file; it stands in for the project's own of its kind, beside the others, and beside the settings,
     * policies and descriptions that the same page shows.
     */
    @ParameterizedTest
    @MethodSource("yaml")
    void whatThePagesShowIsValidAsItStands(Examples.Block block, @TempDir Path folder) throws IOException {
        String kind = kind(block);
        Files.copy(Path.of("sweepback.yaml"), folder.resolve("sweepback.yaml"));
        Files.createDirectories(folder.resolve("jobs"));
        Files.createDirectories(folder.resolve("policies"));
        Files.createDirectories(folder.resolve("connectors"));
        for (String beside : List.of("policies", "connectors")) {
            for (Path file : Examples.list(Path.of(beside), "")) {
                Files.copy(file, folder.resolve(file));
            }
        }
        for (Examples.Block other : yaml()) {
            boolean shared = List.of("settings", "policy", "connector").contains(kind(other));
            if (shared && other.page().equals(block.page()) && other.page().getNameCount() > 2) {
                Files.writeString(file(folder, other), other.text());
            }
        }
        Path file = file(folder, block);
        Files.writeString(file, block.text());

        Loaded loaded = load(folder.resolve("sweepback.yaml"));

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.jobs()).hasSize(kind.equals("job") ? 1 : 0);
        Settings settings = loaded.settings().orElseThrow();
        for (Job job : loaded.jobs().values()) {
            assertThat(Samples.neverClear(job, settings, catalog(settings), CLOCK.instant()))
                    .isEmpty();
        }
        requireSchema(block.text(), kind);
    }

    private static Path file(Path folder, Examples.Block block) {
        return folder.resolve(
                switch (kind(block)) {
                    case "job" -> "jobs/shown.yaml";
                    case "policy" -> "policies/" + name(block) + ".yaml";
                    case "connector" -> "connectors/shown.yaml";
                    default -> "sweepback.yaml";
                });
    }

    private static String name(Examples.Block block) {
        Matcher name = Pattern.compile("(?m)^metadata: \\{name: ([a-z-]+)").matcher(block.text());
        assertThat(name.find()).as("a name: %s", block).isTrue();
        return name.group(1);
    }

    private static String kind(Examples.Block block) {
        Matcher kind =
                Pattern.compile("(?m)^kind: (Job|Policy|Settings|Connector)$").matcher(block.text());
        assertThat(kind.find())
                .as("a whole file, so that it can be loaded: %s", block)
                .isTrue();
        return kind.group(1).toLowerCase(Locale.ROOT);
    }

    private static void requireSchema(String text, String kind) throws IOException {
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                        .getSchema(Files.readString(published(kind)))
                        .validate(text, InputFormat.YAML))
                .isEmpty();
    }

    static List<Examples.Command> commands() {
        return Examples.commands();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theCommandsThatThePagesShowCanBeTyped(Examples.Command command) {
        CommandLine line = Cli.line(Outside.real());

        CommandLine.ParseResult parsed = line.parseArgs(command.words().toArray(String[]::new));

        assertThat(parsed.hasSubcommand()).isTrue();
    }

    @Test
    void thePagesShowFilesAndCommands() {
        assertThat(yaml()).isNotEmpty();
        assertThat(commands()).hasSizeGreaterThan(15);
    }

    private static Path published(String kind) {
        return Path.of("docs/schema", kind + ".json");
    }

    private String schema(String kind) {
        return switch (kind) {
            case "job" -> Schemas.job(catalog);
            case "policy" -> Schemas.policy(catalog);
            case "connector" -> Schemas.connector();
            default -> Schemas.settings(catalog);
        };
    }
}
