package dev.sweepback.cli;

import dev.sweepback.job.Schemas;
import dev.sweepback.upgrade.parcel.ManifestSchema;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "schema", description = "Print the JSON Schema of a file, for editors.")
final class SchemaCommand implements Callable<Integer> {

    /** The files that people write. */
    enum Which {
        JOB,
        POLICY,
        SETTINGS,
        CONNECTOR,
        MANIFEST;

        String schema(Outside outside) {
            return Wiring.described(outside, catalog -> switch (this) {
                case JOB -> Schemas.job(catalog);
                case POLICY -> Schemas.policy(catalog);
                case SETTINGS -> Schemas.settings(catalog);
                case CONNECTOR -> Schemas.connector();
                case MANIFEST -> ManifestSchema.text();
            });
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Parameters(paramLabel = "job|policy|settings|connector|manifest", description = "Of which file.")
    Which which = Which.JOB;

    SchemaCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        common.console(outside).raw(which.schema(outside));
        return ExitCode.DONE.number();
    }
}
