package dev.sweepback.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The timetable on Quartz, where cleanup holds its threads. */
class QuartzTimetableTest {

    private static final Set<Task.Kind> UNDO = EnumSet.complementOf(EnumSet.of(Task.Kind.RUN, Task.Kind.DUE));

    @Test
    void undoWaitsForNoCleanupAndNoOtherUndo() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch beats = new CountDownLatch(3);
        CountDownLatch undos = new CountDownLatch(UNDO.size());
        QuartzTimetable quartz = new QuartzTimetable();
        quartz.start(beats::countDown, task -> {
            if (task.kind().isUndo()) {
                undos.countDown();
            }
            await(ended);
        });
        try {
            for (int job = 0; job < 8; job++) {
                quartz.now(Task.run("waits-" + job));
                quartz.now(Task.due("waits-" + job));
            }
            UNDO.forEach(kind -> quartz.now(new Task(kind, "")));

            assertThat(undos.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(beats.await(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            ended.countDown();
            quartz.stop();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
