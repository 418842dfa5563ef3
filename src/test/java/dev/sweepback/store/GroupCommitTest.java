package dev.sweepback.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.journal.Entry;
import dev.sweepback.journal.JournalException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GroupCommitTest {

    private final SnapshotCipher cipher = SnapshotCipher.withoutKey();
    private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private final CountDownLatch firstRuns = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final GroupCommit commits = new GroupCommit(this::commit);
    private @Nullable Append guilty;

    private List<List<Entry>> commit(List<Append> appends) {
        batches.add(appends.size());
        firstRuns.countDown();
        awaitUninterruptibly(firstMayEnd);
        if (guilty != null && appends.contains(guilty)) {
            throw new JournalException("guilty");
        }
        return appends.stream().map(append -> List.<Entry>of()).toList();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void thoseThatComeDuringACommitShareTheNext() throws Exception {
        List<CompletableFuture<List<Entry>>> all = new ArrayList<>();
        all.add(start(new Append(List.of(), cipher)));
        firstRuns.await();
        for (int index = 0; index < 5; index++) {
            all.add(start(new Append(List.of(), cipher)));
        }
        awaitWaiting(5);
        firstMayEnd.countDown();
        for (CompletableFuture<List<Entry>> one : all) {
            assertThat(one.get()).isEmpty();
        }

        assertThat(batches).containsExactly(1, 5);
    }

    @Test
    void onlyTheGuiltyOneFails() throws Exception {
        Append bad = new Append(List.of(), cipher);
        guilty = bad;
        CompletableFuture<List<Entry>> first = start(new Append(List.of(), cipher));
        firstRuns.await();
        CompletableFuture<List<Entry>> second = start(new Append(List.of(), cipher));
        CompletableFuture<List<Entry>> failing = start(bad);
        CompletableFuture<List<Entry>> third = start(new Append(List.of(), cipher));
        awaitWaiting(3);
        firstMayEnd.countDown();

        assertThat(first.get()).isEmpty();
        assertThat(second.get()).isEmpty();
        assertThat(third.get()).isEmpty();
        assertThatThrownBy(failing::get).isInstanceOf(ExecutionException.class).hasRootCauseMessage("guilty");
        assertThat(batches).containsExactly(1, 3, 1, 1, 1);
    }

    @Test
    void nobodyBelievesInACommitWhoseThreadDied() throws Exception {
        GroupCommit dying = new GroupCommit(appends -> {
            firstRuns.countDown();
            awaitUninterruptibly(firstMayEnd);
            throw new OutOfMemoryError("for a test");
        });

        CompletableFuture<List<Entry>> first =
                CompletableFuture.supplyAsync(() -> dying.append(new Append(List.of(), cipher)), threads);
        firstRuns.await();
        firstMayEnd.countDown();

        assertThatThrownBy(first::get).hasRootCauseInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> dying.append(new Append(List.of(), cipher))).isInstanceOf(OutOfMemoryError.class);
    }

    private CompletableFuture<List<Entry>> start(Append append) {
        return CompletableFuture.supplyAsync(() -> commits.append(append), threads);
    }

    private void awaitWaiting(int count) {
        while (commits.waiting() < count) {
            Thread.onSpinWait();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
