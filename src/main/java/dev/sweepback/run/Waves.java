package dev.sweepback.run;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Rate;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.journal.Outcome;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.plan.UnknownConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Carries out waves: operations side by side, bounded for each connection. A connector with batches does that within each
 * of them; its batches come one after the other, so that what the plan puts first is done first.
 */
final class Waves {

    /** The size of a wave of an undo. */
    static final int UNDO_SIZE = 50;

    private final Situation situation;
    private final Pacing pacing;
    private final Pause pause;
    private final StopSignal stop;

    /** The connections on which an undo goes no further for now. */
    private final Map<String, PutOff.Wait> closed = new ConcurrentHashMap<>();

    /** @param rate that of the policy; an undo has none */
    Waves(Situation situation, Optional<Rate> rate, Pause pause, StopSignal stop) {
        this.situation = situation;
        this.pacing = new Pacing(rate, situation.clock(), pause, stop);
        this.pause = pause;
        this.stop = stop;
        PutOff.unseen(situation.run(), situation.clock().instant())
                .waits()
                .forEach((id, wait) -> situation
                        .run()
                        .operation(id)
                        .ifPresent(operation -> closed.put(operation.ref().connection(), wait)));
    }

    /** Cuts operations into waves; a wave never reaches into the next stage. */
    static List<List<PlannedOperation>> of(List<PlannedOperation> operations, int size) {
        List<List<PlannedOperation>> waves = new ArrayList<>();
        List<PlannedOperation> wave = new ArrayList<>();
        for (PlannedOperation operation : operations) {
            boolean full =
                    wave.size() == size || (!wave.isEmpty() && wave.get(0).stage() != operation.stage());
            if (full) {
                waves.add(List.copyOf(wave));
                wave.clear();
            }
            wave.add(operation);
        }
        if (!wave.isEmpty()) {
            waves.add(List.copyOf(wave));
        }
        return waves;
    }

    /** @return what was put off, as its system takes no requests at the moment */
    PutOff carryOut(List<PlannedOperation> wave) {
        List<Batch> batches = batches(wave);
        Map<Batch, List<Batch.Sent>> open = new LinkedHashMap<>();
        List<RuntimeException> failures = new ArrayList<>();
        try (Lanes lanes = new Lanes()) {
            Map<Batch, Future<List<Batch.Sent>>> running = new LinkedHashMap<>();
            for (Batch batch : batches) {
                running.put(batch, lanes.submit(batch, inTime(batch)));
            }
            running.forEach((batch, future) -> collect(batch, future, open, failures));
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        settleLate(open);
        batches.forEach(this::heed);
        return PutOff.all(batches.stream().map(Batch::putOff).toList());
    }

    private Callable<List<Batch.Sent>> inTime(Batch batch) {
        return () -> {
            if (!stop.isRaised()) {
                pacing.await(batch.operations.size());
            }
            return stop.isRaised() ? List.of() : carryOut(batch);
        };
    }

    /**
     * Where an undo has put something off, it puts off all that comes after it on the same connection: what is older on a
     * resource is never put back before what is newer, nor a thing before that on which it depends.
     */
    private List<Batch.Sent> carryOut(Batch batch) {
        PutOff.Wait wait = closed.get(batch.connection.name());
        if (wait != null && batch.reverts()) {
            batch.putOffAll(wait);
            return List.of();
        }
        List<Batch.Sent> open = batch.carryOut();
        heed(batch);
        return open;
    }

    private void heed(Batch batch) {
        batch.putOff().first().ifPresent(wait -> closed.put(batch.connection.name(), wait));
    }

    private static void collect(
            Batch batch,
            Future<List<Batch.Sent>> future,
            Map<Batch, List<Batch.Sent>> open,
            List<RuntimeException> failures) {
        boolean interrupted = false;
        while (true) {
            try {
                List<Batch.Sent> sent = future.get();
                if (!sent.isEmpty()) {
                    open.put(batch, sent);
                }
                break;
            } catch (InterruptedException e) {
                // An operation in flight is always waited for: it must be settled before anything else.
                interrupted = true;
            } catch (ExecutionException e) {
                failures.add(e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e));
                break;
            } catch (CancellationException e) {
                failures.add(e);
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void settleLate(Map<Batch, List<Batch.Sent>> open) {
        if (open.isEmpty()) {
            return;
        }
        Instant now = situation.clock().instant();
        Instant latest = open.values().stream()
                .flatMap(List::stream)
                .map(sent -> Settling.over(sent.intent(), now))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        pause.until(latest);
        if (!situation.clock().instant().isBefore(latest)) {
            open.forEach(Batch::settleLate);
        }
    }

    private List<Batch> batches(List<PlannedOperation> wave) {
        Map<String, List<PlannedOperation>> groups = new LinkedHashMap<>();
        for (PlannedOperation operation : wave) {
            ResourceRef ref = operation.ref();
            groups.computeIfAbsent(
                            ref.connection() + " " + ref.kind() + " " + operation.action(), key -> new ArrayList<>())
                    .add(operation);
        }
        List<Batch> batches = new ArrayList<>();
        for (List<PlannedOperation> group : groups.values()) {
            try {
                batches.addAll(batchesOfOne(group));
            } catch (UnknownConnection e) {
                fail(group, e.getMessage() + "; add it under connections in the settings again");
            } catch (ConnectorException e) {
                fail(group, e.getMessage() + "; " + e.remedy());
            }
        }
        return batches;
    }

    private List<Batch> batchesOfOne(List<PlannedOperation> group) {
        ResourceRef ref = group.get(0).ref();
        int size = pacing.most(situation
                .systems()
                .connector(ref.connection(), ref.kind())
                .descriptor()
                .batch(isRevert(group)));
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < group.size(); from += size) {
            batches.add(batch(group.subList(from, Math.min(from + size, group.size()))));
        }
        return batches;
    }

    /** A connection that cannot be used must not keep the others from being acted on, least of all in an undo. */
    private void fail(List<PlannedOperation> group, String reason) {
        situation
                .journal()
                .append(group.stream()
                        .map(operation ->
                                Entries.skipped(situation.run(), operation, situation.actor(), Outcome.FAILED, reason))
                        .toList());
    }

    private Batch batch(List<PlannedOperation> operations) {
        return isRevert(operations) ? new RevertBatch(situation, operations) : new ApplyBatch(situation, operations);
    }

    private static boolean isRevert(List<PlannedOperation> group) {
        return group.get(0).sign() == '+';
    }
}
