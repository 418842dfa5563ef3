package dev.sweepback.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedReadTest {

    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void whatWasReadOnceIsNotReadAgain() {
        SharedRead<Integer> shared = new SharedRead<>(reads::incrementAndGet);

        assertThat(shared.get()).isEqualTo(1);
        assertThat(shared.get()).isEqualTo(1);
    }

    /** A list that takes all its time to fail must not do so for each item of a batch. */
    @Test
    void whatFailedOnceIsNotTriedAgain() {
        SharedRead<Integer> shared = new SharedRead<>(() -> {
            reads.incrementAndGet();
            throw new ConnectorException(Kind.TIMEOUT, "github", "no answer", "try later");
        });

        assertThatThrownBy(shared::get).isInstanceOf(ConnectorException.class);
        assertThatThrownBy(shared::get).isInstanceOf(ConnectorException.class);

        assertThat(reads).hasValue(1);
    }
}
