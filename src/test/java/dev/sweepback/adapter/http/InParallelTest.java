package dev.sweepback.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.connector.SendWindow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InParallelTest {

    /** As a connection of this concurrency brings them. */
    private static final int HELPED = 8;

    private final List<Integer> items = IntStream.range(0, 100).boxed().toList();

    @BeforeEach
    void helpersAreThere() {
        InParallel.CREW.open(HELPED);
    }

    @AfterEach
    void theyLeave() {
        InParallel.CREW.close(HELPED);
    }

    @Test
    void answersInTheOrderAskedThoughTheLastIsReadFirst() {
        CountDownLatch last = new CountDownLatch(1);

        List<String> answers = InParallel.map(2, List.of("first", "last"), item -> {
            if (item.equals("last")) {
                last.countDown();
            } else {
                await(last);
            }
            return item;
        });

        assertThat(answers).containsExactly("first", "last");
    }

    @Test
    void everyThreadKeepsToTheSendWindowOfTheCaller() {
        List<Boolean> allowed = SendWindow.within(
                Duration.ofSeconds(1), () -> InParallel.map(4, items, item -> SendWindow.allows(Duration.ofHours(1))));

        assertThat(allowed).containsOnly(false);
    }

    @Test
    void nothingIsUnderWayWhenAFailureIsReported() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();

        assertThatThrownBy(() -> InParallel.map(2, List.of("fails", "goes on"), item -> {
                    if (item.equals("fails")) {
                        await(begun);
                        throw new IllegalArgumentException("this one");
                    }
                    begun.countDown();
                    ended.set(true);
                    return item;
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ended).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody helped");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void oneFailureFailsTheWhole() {
        assertThatThrownBy(() -> InParallel.map(4, items, item -> {
                    if (item == 60) {
                        throw new IllegalArgumentException("this one");
                    }
                    return item;
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("this one");
    }

    @Test
    void theWindowOfTheCallerIsStillItsOwnAfterwards() {
        boolean allowed = SendWindow.within(Duration.ofSeconds(1), () -> {
            InParallel.map(4, items, item -> item);
            return SendWindow.allows(Duration.ofHours(1));
        });

        assertThat(allowed).isFalse();
    }

    @Test
    void workMayBeDividedWithinWork() {
        List<Integer> sums = InParallel.map(
                4,
                items,
                item -> InParallel.map(4, items, other -> item + other).stream()
                        .mapToInt(Integer::intValue)
                        .sum());

        assertThat(sums).hasSize(100).startsWith(4950, 5050);
    }
}
