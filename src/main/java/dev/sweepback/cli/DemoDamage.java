package dev.sweepback.cli;

import dev.sweepback.journal.Verification;
import dev.sweepback.store.SnapshotCipher;
import dev.sweepback.store.SqlJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Changes one byte in a copy of a closed store, as somebody with an editor would, and verifies the copy. */
final class DemoDamage {

    private DemoDamage() {}

    static Verification changeOneByte(Path database, Path folder, long seq, Clock clock) throws IOException {
        Path copy = Files.copy(database, folder.resolve("copy.db"));
        byte[] bytes = Files.readAllBytes(copy);
        int at = indexOf(bytes, "\"seq\":" + seq + ",\"time\":\"2");
        // The year of the entry: any other digit makes another story.
        int year = at + ("\"seq\":" + seq + ",\"time\":\"2").length();
        bytes[year] = (byte) (bytes[year] == '1' ? '2' : '1');
        Files.write(copy, bytes);
        try (SqlJournal journal = SqlJournal.open(copy, SnapshotCipher.withoutKey(), clock)) {
            return journal.verify();
        }
    }

    private static int indexOf(byte[] bytes, String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        for (int start = 0; start + wanted.length < bytes.length; start++) {
            int length = 0;
            while (length < wanted.length && bytes[start + length] == wanted[length]) {
                length++;
            }
            if (length == wanted.length) {
                return start;
            }
        }
        throw new IOException("the copy of the store does not hold " + text);
    }
}
