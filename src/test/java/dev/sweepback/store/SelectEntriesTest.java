package dev.sweepback.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.PlanId;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.RunId;
import dev.sweepback.journal.UpgradeId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SelectEntriesTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void everyQueryIsServedByTheIndexThatTellsMost() throws Exception {
        Query ofType = Query.of(EntryType.OPERATION_INTENT);
        RunId run = new RunId("r");

        assertThat(plan(ofType.run(run))).contains("entry_by_run");
        assertThat(plan(ofType.run(run).job("j").from(Instant.EPOCH))).contains("entry_by_run");
        assertThat(plan(ofType.run(run).operation(new OperationId("o")))).contains("entry_by_operation");
        assertThat(plan(ofType.resource(new ResourceRef("flag", "unleash", "a")).job("j")))
                .contains("entry_by_resource (kind=? AND connection=? AND resource=?");
        assertThat(plan(ofType.plan(new PlanId("p")).upgrade(new UpgradeId("u"))))
                .contains("entry_by_plan");
        assertThat(plan(ofType.upgrade(new UpgradeId("u")).job("j"))).contains("entry_by_upgrade");
        assertThat(plan(ofType.job("j").latest(1))).contains("entry_by_job").doesNotContain("TEMP B-TREE");
        assertThat(plan(Query.all().kind("flag"))).contains("entry_by_resource (kind=?");
        assertThat(plan(ofType.latest(1))).contains("entry_by_type").doesNotContain("TEMP B-TREE");
        assertThat(plan(Query.all().from(Instant.EPOCH).until(Instant.EPOCH))).contains("entry_by_time");
        assertThat(plan(ofType.from(Instant.EPOCH).until(Instant.EPOCH)))
                .as("an hour is less than all there ever were")
                .contains("entry_by_time");
        assertThat(plan(ofType.from(Instant.EPOCH))).contains("entry_by_type");
        assertThat(plan(Query.all().after(7).latest(5))).contains("INTEGER PRIMARY KEY");
    }

    @Test
    void afterANumberOnlyTheRestIsRead() throws Exception {
        assertThat(plan(Query.all().after(7))).contains("INTEGER PRIMARY KEY (rowid>?)");
    }

    @Test
    void whatIsNoFieldIsRefused() {
        Query odd = new Query(
                Set.of(), Map.of("1 = 1 --", "x"), Optional.empty(), Optional.empty(), Optional.empty(), 0, false, 0);

        assertThatThrownBy(() -> SelectEntries.text(odd)).isInstanceOf(IllegalArgumentException.class);
    }

    private String plan(Query query) throws Exception {
        Path file = folder.resolve("sweepback.db");
        SqlJournal.open(file, SnapshotCipher.withoutKey(), Clock.systemUTC()).close();
        StringBuilder plan = new StringBuilder();
        try (Connection connection = new StoreFile(file).reader();
                PreparedStatement explain =
                        connection.prepareStatement("EXPLAIN QUERY PLAN " + SelectEntries.text(query));
                ResultSet rows = explain.executeQuery()) {
            while (rows.next()) {
                plan.append(rows.getString("detail")).append('\n');
            }
        }
        return plan.toString();
    }
}
