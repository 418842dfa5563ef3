package dev.sweepback.store;

import dev.sweepback.journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that holds the store's key: one line of base64, readable by its owner alone. */
public final class KeyFile {

    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private KeyFile() {}

    /**
     * The key for a store: read if the file is there, made if neither file nor snapshots are.
     *
     * @throws JournalException if the store holds snapshots and the file is missing: without its key nothing could be
     *     undone
     */
    public static SnapshotCipher forStore(Path keyFile, Path databaseFile) {
        if (Files.exists(keyFile)) {
            return read(keyFile);
        }
        if (SqlJournal.holdsSnapshots(databaseFile)) {
            throw new JournalException("the key file " + keyFile + " is missing, and the store " + databaseFile
                    + " holds snapshots that only it can read: put it back from your backup");
        }
        if (Files.exists(databaseFile)) {
            LOG.warn(
                    "the key file {} was missing and a new key is made, as nothing was sealed with the old one yet:"
                            + " a copy of that is of no use any more, keep one of the new",
                    keyFile);
        }
        try {
            return create(keyFile);
        } catch (JournalException e) {
            if (e.getCause() instanceof FileAlreadyExistsException) {
                return read(keyFile);
            }
            throw e;
        }
    }

    /**
     * Makes a new key. On return the file is durable and whole; at no time does it hold half a key.
     *
     * @throws JournalException if the file exists: it is never overwritten
     */
    public static SnapshotCipher create(Path file) {
        Path path = file.toAbsolutePath().normalize();
        byte[] key = new byte[SnapshotCipher.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        try {
            Path folder = StoreFile.createFolder(path);
            Path unfinished = Files.createTempFile(folder, ".key", ".unfinished");
            try {
                write(unfinished, Base64.getEncoder().encodeToString(key) + "\n");
                // Unlike a move, a link fails if somebody else was faster.
                Files.createLink(path, unfinished);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            StoreFile.syncFolder(folder);
            return new SnapshotCipher(key);
        } catch (FileAlreadyExistsException e) {
            throw new JournalException("the key file " + path + " exists and is never overwritten", e);
        } catch (IOException e) {
            throw new JournalException(
                    "the key file " + path + " cannot be made (" + e
                            + "): check the rights of its folder, and that its disk has room",
                    e);
        }
    }

    /** @throws JournalException if it is missing, others than its owner may read it, or it holds no key */
    public static SnapshotCipher read(Path file) {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw new JournalException("the key file " + file + " can be read by others: `chmod 600 " + file + "`");
            }
            return fromText(Files.readString(file, StandardCharsets.UTF_8), "the key file " + file);
        } catch (NoSuchFileException e) {
            throw new JournalException("the key file " + file + " is missing", e);
        } catch (IOException e) {
            throw new JournalException("the key file " + file + " cannot be read: check its rights", e);
        }
    }

    /**
     * A key given as text, from the environment for example.
     *
     * @param source what to call it in an error; the text itself is never shown
     */
    public static SnapshotCipher fromText(String base64, String source) {
        try {
            return new SnapshotCipher(Base64.getDecoder().decode(base64.strip()));
        } catch (IllegalArgumentException e) {
            // The cause would show a part of what was given.
            throw new JournalException(
                    source + " holds no key: it must be " + SnapshotCipher.KEY_BYTES + " bytes in base64");
        }
    }

    private static void write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
