package dev.sweepback.store;

import dev.sweepback.journal.JournalException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteDataSource;

/** Apart from the rest, so that opening an up-to-date store does not load Flyway. */
final class FlywayMigration {

    private FlywayMigration() {}

    static void run(StoreFile file) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl(file.url());
        try {
            Flyway.configure(FlywayMigration.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:db/migration/sqlite")
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new JournalException(
                    "the store " + file + " could not be brought up to date: " + e.getMessage()
                            + "; an existing one has a backup beside it",
                    e);
        }
    }
}
