package dev.sweepback.store;

import dev.sweepback.journal.Query;
import java.nio.file.Path;

/** Reads a store in a process of its own, says how many entries it has, and keeps it open until it is ended. */
final class ReadMain {

    private ReadMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (ReadOnlyJournal journal = ReadOnlyJournal.open(Path.of(arguments[0]), SnapshotCipher.withoutKey())) {
            System.out.println(journal.read(Query.all()).size() + " entries");
            Thread.currentThread().join();
        }
    }
}
