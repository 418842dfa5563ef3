package dev.sweepback.adapter.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OneAtATimeTest {

    private final OneAtATime oneAtATime = new OneAtATime();

    private static ConnectorException failure(Kind kind) {
        return new ConnectorException(kind, "vault", "it failed", "try again");
    }

    /** The first fails while the second waits for it; how often the second worked, and what it threw. */
    private Throwable secondAfterAFailure(Kind kind, AtomicInteger worked) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread second = new Thread(() -> thrown.set(catchThrowable(() -> oneAtATime.take(() -> {
            worked.incrementAndGet();
            throw failure(Kind.MALFORMED);
        }))));

        assertThatThrownBy(() -> oneAtATime.take(() -> {
                    second.start();
                    while (second.getState() != Thread.State.BLOCKED) {
                        Thread.onSpinWait();
                    }
                    throw failure(kind);
                }))
                .isInstanceOf(ConnectorException.class);
        second.join();
        return Objects.requireNonNull(thrown.get());
    }

    @Test
    void whoWaitedWhileItFailedGetsThatFailureAndDoesNotTry() throws Exception {
        AtomicInteger worked = new AtomicInteger();

        Throwable thrown = secondAfterAFailure(Kind.TIMEOUT, worked);

        assertThat(thrown)
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT));
        assertThat(worked).hasValue(0);
    }

    @Test
    void whatWasNotSentAsTheTimeWasOverSaysNothingToTheOthers() throws Exception {
        AtomicInteger worked = new AtomicInteger();

        Throwable thrown = secondAfterAFailure(Kind.REJECTED, worked);

        assertThat(worked).hasValue(1);
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.MALFORMED));
    }

    @Test
    void whoComesAfterAFailureTries() {
        assertThatThrownBy(() -> oneAtATime.take(() -> {
                    throw failure(Kind.TIMEOUT);
                }))
                .isInstanceOf(ConnectorException.class);

        assertThat(oneAtATime.<String>take(() -> "done")).isEqualTo("done");
    }
}
