package dev.sweepback.store;

import dev.sweepback.journal.JournalException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/** The database file: makes it, connects to it, and says what to do when that fails. */
final class StoreFile {

    private static final Duration WAIT_FOR_OTHERS = Duration.ofSeconds(30);
    // 16 MiB of log: with SQLite's 4 the indexes of random ids are written back over and over.
    private static final int PAGES_BETWEEN_CHECKPOINTS = 4000;
    static final Set<String> NETWORK = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "afs",
            "ncpfs",
            "webdav",
            "davfs",
            "9p",
            "ceph",
            "glusterfs",
            "lustre",
            "fuse.sshfs",
            "fuse.glusterfs",
            "fuse.s3fs",
            "fuse.davfs");

    private final Path path;
    private final Set<String> refused;

    StoreFile(Path path) {
        this(path, NETWORK);
    }

    /** @param refused the types of file systems that it must not lie on */
    StoreFile(Path path, Set<String> refused) {
        this.path = path.toAbsolutePath().normalize();
        this.refused = Set.copyOf(refused);
    }

    Path path() {
        return path;
    }

    /** Makes the file and the folders above it, for their owner alone, where they do not exist. */
    void create() {
        makeFolder();
        refuseNetwork();
        try {
            if (!Files.exists(path)) {
                createForOwner(path);
            }
        } catch (FileAlreadyExistsException e) {
            refuseUnlessFile(e);
        } catch (IOException e) {
            throw cannotBeMade(e);
        }
    }

    /** The folder above the file, for its owner alone if there is none. */
    void makeFolder() {
        try {
            createFolder(path);
        } catch (FileAlreadyExistsException e) {
            refuseUnlessFile(e);
        } catch (IOException e) {
            throw cannotBeMade(e);
        }
    }

    /** Where the file really is, or will be: SQLite follows links too, and keeps its log there. */
    Path folder() {
        try {
            Path folder = Objects.requireNonNull(path.getParent(), "a file is in a folder");
            return Files.exists(path) ? Objects.requireNonNull(path.toRealPath().getParent()) : folder.toRealPath();
        } catch (IOException e) {
            throw new JournalException("the folder of the store " + path + " cannot be looked at (" + e
                    + "): check its rights, or choose another with --home");
        }
    }

    /** Locks do not hold there: neither SQLite's nor the acting lock, which lies beside the file. */
    void refuseNetwork() {
        try {
            refuseNetwork(Files.getFileStore(folder()).type());
        } catch (IOException e) {
            throw cannotBeMade(e);
        }
    }

    private void refuseUnlessFile(FileAlreadyExistsException cause) {
        if (!Files.isRegularFile(path)) {
            throw new JournalException(
                    "the store " + path + " cannot be made: " + cause.getFile()
                            + " is no folder; choose another place with --home",
                    cause);
        }
    }

    private JournalException cannotBeMade(IOException cause) {
        return new JournalException(
                "the store " + path + " cannot be made (" + cause
                        + "): check the rights of the folder, and that its disk has room, or choose another with --home",
                cause);
    }

    /** The folder of {@code file}, made for its owner alone if there is none. */
    static Path createFolder(Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent(), "a file is in a folder");
        Files.createDirectories(folder, owner(folder, "rwx------"));
        return folder;
    }

    /** Makes a new file's name as durable as its content. */
    static void syncFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private void refuseNetwork(String fileStoreType) {
        if (refused.contains(fileStoreType.toLowerCase(Locale.ROOT))) {
            throw new JournalException("the store " + path + " would be on a network file system (" + fileStoreType
                    + "), where locks do not hold: choose a local folder with --home");
        }
    }

    Connection writer() {
        NativeLibrary.unpackedBeside(path);
        return configured("PRAGMA wal_autocheckpoint = " + PAGES_BETWEEN_CHECKPOINTS);
    }

    /** Cannot write, whatever is asked of it. */
    Connection reader() {
        NativeLibrary.foundBeside(path);
        return configured("PRAGMA query_only = ON");
    }

    private Connection configured(String pragma) {
        Connection connection = connect();
        try {
            Sql.execute(connection, pragma);
            return connection;
        } catch (SQLException e) {
            throw failure("opened", e);
        }
    }

    private Connection connect() {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setOpenMode(SQLiteOpenMode.READWRITE);
        config.setBusyTimeout(Math.toIntExact(WAIT_FOR_OTHERS.toMillis()));
        config.enforceForeignKeys(true);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        try {
            return config.createConnection(url());
        } catch (SQLException e) {
            throw failure("opened", e);
        }
    }

    String url() {
        return "jdbc:sqlite:" + path;
    }

    JournalException failure(String attempted, SQLException cause) {
        return new JournalException("the store " + path + " could not be " + attempted + ": " + remedy(cause), cause);
    }

    /** Whether the access to the file, rather than its content, is what failed. */
    static boolean isDenied(SQLException cause) {
        return switch (primaryCode(cause)) {
            case SQLITE_BUSY,
                    SQLITE_LOCKED,
                    SQLITE_READONLY,
                    SQLITE_PERM,
                    SQLITE_CANTOPEN,
                    SQLITE_FULL,
                    SQLITE_IOERR,
                    SQLITE_PROTOCOL,
                    SQLITE_NOMEM,
                    SQLITE_INTERRUPT -> true;
            default -> false;
        };
    }

    /** Whether it failed because SQLite could not write the file, or make those that it keeps beside it. */
    static boolean isKeptFromWriting(SQLException cause) {
        return switch (primaryCode(cause)) {
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_FULL -> true;
            default -> isWithoutRoomBeside(cause);
        };
    }

    private static boolean isWithoutRoomBeside(SQLException cause) {
        return cause instanceof SQLiteException sqlite
                && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
    }

    private static SQLiteErrorCode primaryCode(SQLException cause) {
        return cause instanceof SQLiteException sqlite
                ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff)
                : SQLiteErrorCode.UNKNOWN_ERROR;
    }

    private static String remedy(SQLException cause) {
        if (isWithoutRoomBeside(cause)) {
            return "there is no room for the files that are kept beside it; make room and try again";
        }
        return switch (primaryCode(cause)) {
            case SQLITE_FULL -> "the disk or its quota is full; make room and try again";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
                "file and folder must be writable; check owner and rights; to read while somebody else has it open, sweepback.db-wal and"
                        + " sweepback.db-shm beside it must be readable; or copy all three and name the copy's folder with --home";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "another process kept it locked for " + WAIT_FOR_OTHERS.toSeconds()
                        + " s; see which with `fuser`, and try again";
            case SQLITE_IOERR -> "the disk is full or fails (" + cause.getMessage() + "); check it before going on";
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                "it is damaged (" + cause.getMessage() + "); restore it from a backup";
            default -> cause.getMessage() + "; run `sweepback audit verify`";
        };
    }

    static void createForOwner(Path file) throws IOException {
        Files.createFile(file, owner(file, "rw-------"));
    }

    private static FileAttribute<?>[] owner(Path folder, String rights) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
