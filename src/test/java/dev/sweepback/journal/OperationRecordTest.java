package dev.sweepback.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.ResourceRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationRecordTest {

    private static final OperationId ID = new OperationId("aaaa1111");

    private static Entry entry(EntryType type, String run, Outcome outcome) {
        return Entry.seal(draft(type, run).outcome(outcome), 2, Instant.EPOCH, Map.of());
    }

    private static Entry intent(String run) {
        return Entry.seal(draft(EntryType.OPERATION_INTENT, run), 1, Instant.EPOCH, Map.of());
    }

    private static Draft draft(EntryType type, String run) {
        return Draft.of(type, new Actor("local:0/tester", false))
                .run(new RunId(run))
                .operation(ID)
                .resource(ResourceRef.parse("thing:fake/a"), "a");
    }

    @Test
    void whatALaterRunSaysDoesNotSettleWhatAnEarlierOneAnnounced() {
        List<OperationRecord> records = OperationRecord.fold(
                List.of(intent("first"), entry(EntryType.OPERATION_SKIPPED, "second", Outcome.FAILED)));

        assertThat(records).hasSize(2);
        assertThat(records.get(0).open()).isTrue();
        assertThat(records.get(1).open()).isFalse();
    }

    @Test
    void whatIsHalfDoneStaysSoWhenItIsSkippedThen() {
        List<OperationRecord> records = OperationRecord.fold(List.of(
                intent("first"),
                entry(EntryType.OPERATION_OUTCOME, "first", Outcome.PARTLY),
                entry(EntryType.OPERATION_SKIPPED, "first", Outcome.SKIPPED)));

        assertThat(records).singleElement().matches(OperationRecord::leavesSomething);
    }

    @Test
    void whatNeverHappenedAndIsSkippedThenLeavesNothing() {
        List<OperationRecord> records = OperationRecord.fold(List.of(
                intent("first"),
                entry(EntryType.OPERATION_OUTCOME, "first", Outcome.NOT_DONE),
                entry(EntryType.OPERATION_SKIPPED, "first", Outcome.SKIPPED)));

        assertThat(records).singleElement().matches(record -> !record.leavesSomething() && record.over());
    }
}
