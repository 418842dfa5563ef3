package dev.sweepback.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.SettableClock;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.InMemoryJournal;
import dev.sweepback.journal.Query;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How refused signals come on record. */
class RefusedSignalsTest {

    private final SettableClock clock = new SettableClock();
    private final InMemoryJournal journal = new InMemoryJournal(clock);
    private final RefusedSignals refused = new RefusedSignals(journal, clock);

    private List<Entry> entries() {
        return journal.read(Query.of(EntryType.SIGNALS_REFUSED));
    }

    @Test
    void aMinuteWithRefusedSignalsIsOneEntryAlsoIfNoneComesAfterwards() {
        refused.add(Receiver.GITHUB, Refusal.SIGNATURE);
        clock.advance(Duration.ofSeconds(30));
        refused.add(Receiver.GITHUB, Refusal.SIGNATURE);
        refused.add(Receiver.ARGOCD, Refusal.LIMIT);
        clock.advance(Duration.ofSeconds(29));
        refused.recordDue();
        assertThat(entries()).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        refused.recordDue();
        clock.advance(Duration.ofMinutes(10));
        refused.recordDue();

        assertThat(entries()).hasSize(1);
        Entry entry = entries().get(0);
        assertThat(entry.actor().name()).isEqualTo("daemon");
        assertThat(entry.data("since")).contains("2026-11-02T20:00:00Z");
        assertThat(entry.dataNode("counts").toString())
                .isEqualTo("{\"argocd\":{\"limit\":1},\"github\":{\"signature\":2}}");
        assertThat(entry.reason()).contains("argocd: 1 limit; github: 2 signature");
    }

    @Test
    void howeverManyThereAreTheyAddOneEntryAMinute() {
        for (int second = 0; second < 600; second++) {
            for (int count = 0; count < 20; count++) {
                refused.add(Receiver.WEBHOOKS, Refusal.SIGNATURE);
            }
            clock.advance(Duration.ofSeconds(1));
            refused.recordDue();
        }

        assertThat(entries()).hasSize(10);
        assertThat(entries().stream()
                        .mapToLong(entry -> entry.dataNode("counts")
                                .path("standard-webhooks")
                                .path("signature")
                                .asLong())
                        .sum())
                .isEqualTo(12_000);
    }

    @Test
    void whatIsLeftIsRecordedWhenItIsClosed() {
        refused.add(Receiver.GITHUB, Refusal.SIGNATURE);

        refused.close();
        refused.close();

        assertThat(entries()).hasSize(1);
    }

    @Test
    void aClockThatIsSetBackDoesNotPutOffTheRecord() {
        refused.add(Receiver.GITHUB, Refusal.SIGNATURE);

        clock.advance(Duration.ofHours(-3));
        refused.recordDue();

        assertThat(entries()).hasSize(1);
    }

    @Test
    void nothingIsRecordedForNothing() {
        clock.advance(Duration.ofMinutes(5));
        refused.recordDue();
        refused.close();

        assertThat(entries()).isEmpty();
    }
}
