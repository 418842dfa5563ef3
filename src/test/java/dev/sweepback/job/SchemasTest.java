package dev.sweepback.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sweepback.connector.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemasTest {

    private static final Catalog CATALOG = TestCatalog.catalog();

    @ParameterizedTest
    @CsvSource({
        "src/test/resources/workspace/sweepback.yaml, settings",
        "src/test/resources/workspace/jobs/good.yaml, job",
        "src/test/resources/workspace/policies/production.yaml, policy"
    })
    void validFilesMatchTheSchema(Path file, String kind) throws IOException {
        assertThat(errors(kind, Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "14-wrong-key/jobs/broken.yaml, job",
        "16-missing-key/jobs/broken.yaml, job",
        "17-wrong-type/jobs/broken.yaml, job",
        "18-number-for-text/jobs/broken.yaml, job",
        "19-wrong-kind-of-file/jobs/broken.yaml, job",
        "21-wrong-word/jobs/broken.yaml, job",
        "22-bad-duration/jobs/broken.yaml, job",
        "23-negative-duration/jobs/broken.yaml, job",
        "25-no-steps/jobs/broken.yaml, job",
        "27-bad-name/jobs/broken.yaml, job",
        "28-a-check-that-asks-nothing/jobs/broken.yaml, job",
        "55-literal-secret/sweepback.yaml, settings",
        "56-literal-nested-secret/sweepback.yaml, settings",
        "58-user-in-url/sweepback.yaml, settings",
        "59-unknown-type/sweepback.yaml, settings",
        "61-database-not-supported-yet/sweepback.yaml, settings",
        "64-concurrency-out-of-range/sweepback.yaml, settings",
        "65-proxy-with-a-literal-password/sweepback.yaml, settings",
        "85-user-in-a-proxy-url/sweepback.yaml, settings",
        "87-proxy-over-https/sweepback.yaml, settings",
        "88-rate-of-zero/sweepback.yaml, settings",
        "91-rate-without-its-unit/sweepback.yaml, settings",
        "98-no-login/sweepback.yaml, settings",
        "100-login-without-a-way/sweepback.yaml, settings",
        "101-two-ways-to-log-in/sweepback.yaml, settings",
        "102-unknown-way-to-log-in/sweepback.yaml, settings",
        "103-half-an-approle/sweepback.yaml, settings",
        "68-percent-out-of-range/policies/other.yaml, policy",
        "116-freeze-at-a-time-without-offset/sweepback.yaml, settings",
        "119-roles-are-no-key/sweepback.yaml, settings",
        "120-hours-on-an-unknown-day/policies/other.yaml, policy",
        "122-hours-on-no-day/policies/other.yaml, policy",
        "123-hours-at-no-time-of-day/policies/other.yaml, policy",
        "125-hours-without-an-end/policies/other.yaml, policy",
        "126-none-per-hour/policies/other.yaml, policy",
        "129-allow-no-connection/policies/other.yaml, policy",
        "130-stated-times-neither-accepted-nor-refused/policies/other.yaml, policy",
        "71-drill-not-supported-yet/policies/other.yaml, policy",
        "105-neither-of-two-keys/sweepback.yaml, settings",
        "106-both-of-two-keys/sweepback.yaml, settings"
    })
    void mistakesOfStructureDoNotMatchTheSchema(String file, String kind) throws IOException {
        assertThat(errors(kind, Files.readString(Path.of("src/test/resources/broken", file))))
                .isNotEmpty();
    }

    @Test
    void keysThatAreNotSupportedYetAreNotOffered() {
        assertThat(Schemas.job(CATALOG)).doesNotContain("\"keepFor\"");
        assertThat(Schemas.policy(CATALOG)).doesNotContain("\"drill\"");
        assertThat(Schemas.settings(CATALOG)).doesNotContain("\"checkpoints\"", "\"namespace\"");
    }

    private static List<Error> errors(String kind, String yaml) {
        String text = switch (kind) {
            case "job" -> Schemas.job(CATALOG);
            case "policy" -> Schemas.policy(CATALOG);
            default -> Schemas.settings(CATALOG);
        };
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(text);
        return schema.validate(yaml, InputFormat.YAML);
    }
}
