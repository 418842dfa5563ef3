package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples and schemas that the project publishes, with the connectors that it has. */
class PublishedFilesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-05-01T12:00:00Z"), ZoneOffset.UTC);

    private final HttpClients http = new HttpClients();
    private final Catalog catalog = Connectors.all(
            http,
            reference -> new Secret("none"),
            CLOCK,
            new Redaction(new byte[] {0}),
            Path.of(""),
            name -> {
                throw new IllegalStateException("no connection is opened while files are read");
            },
            List::of);

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void theExamplesAreValid() {
        Loaded loaded = Workspace.load(Path.of("sweepback.yaml"), catalog, new QuartzCron(), CLOCK);

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.jobs()).containsKey("dten-hybrid-cleanup");
        assertThat(loaded.policies()).containsKey("production");
        Settings settings = loaded.settings().orElseThrow();
        for (Job job : loaded.jobs().values()) {
            assertThat(Samples.neverClear(job, settings, catalog, CLOCK.instant()))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"job", "policy", "settings"})
    void thePublishedSchemasAreThoseOfTheCode(String kind) throws IOException {
        assertThat(Files.readString(published(kind)))
                .as("write it anew: sweepback schema %s > %s", kind, published(kind))
                .isEqualTo(schema(kind));
    }

    @ParameterizedTest
    @CsvSource({
        "sweepback.yaml, settings, docs/schema/settings.json",
        "jobs/dten-hybrid-cleanup.yaml, job, ../docs/schema/job.json",
        "policies/production.yaml, policy, ../docs/schema/policy.json"
    })
    void theExamplesNameTheirSchemaAndMatchIt(Path example, String kind, String reference) throws IOException {
        String text = Files.readString(example);

        assertThat(text).startsWith("# yaml-language-server: $schema=" + reference + "\n");
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                        .getSchema(Files.readString(published(kind)))
                        .validate(text, InputFormat.YAML))
                .isEmpty();
    }

    private static Path published(String kind) {
        return Path.of("docs/schema", kind + ".json");
    }

    private String schema(String kind) {
        return switch (kind) {
            case "job" -> Schemas.job(catalog);
            case "policy" -> Schemas.policy(catalog);
            default -> Schemas.settings(catalog);
        };
    }
}
