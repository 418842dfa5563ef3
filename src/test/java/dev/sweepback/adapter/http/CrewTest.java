package dev.sweepback.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Connection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CrewTest {

    private final Crew crew = new Crew();
    private final Set<Thread> helpers = ConcurrentHashMap.newKeySet();

    @Test
    void howeverMuchWorkThereIsItIsNoLargerThanWhatHelpsTheBusiestConnection()
            throws ExecutionException, InterruptedException {
        crew.open(3);
        crew.open(5);
        crew.open(9);
        crew.close(9);
        CountDownLatch all = new CountDownLatch(4);
        List<Future<?>> work = new ArrayList<>();

        for (int count = 0; count < 5000; count++) {
            work.add(crew.help(() -> {
                helpers.add(Thread.currentThread());
                all.countDown();
                await(all);
            }));
        }
        for (Future<?> part : work) {
            part.get();
        }

        assertThat(helpers).hasSize(4).allMatch(Thread::isDaemon);
        assertThat(helpers).extracting(Thread::getName).allMatch(name -> name.startsWith("in-parallel-"));
    }

    @Test
    void openingAConnectionBringsHelpersThatLeaveWithIt() {
        try (HttpClients clients = new HttpClients()) {
            Connection connection = new Connection(
                    "c",
                    "t",
                    "e",
                    URI.create("https://system.invalid"),
                    Map.of(),
                    Map.of(),
                    70,
                    Connection.Timeouts.DEFAULT);
            clients.writing(connection);
            clients.reading(connection, ReadList.of("GET /x"));
            assertThat(InParallel.CREW.places()).isEqualTo(69);
        }

        assertThat(InParallel.CREW.places()).isLessThan(69);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the others never came");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
