package dev.sweepback.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native part. Left to itself the driver unpacks it anew for each process into the system's temporary folder, and
 * what a killed process had unpacked stays there. So it is unpacked beside the first store that a process opens, once for each
 * version. Where that does not work, the driver does as it always does.
 */
final class NativeLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

    /** Where the driver looks first; somebody's own choice is left as it is. */
    private static final String PATH = "org.sqlite.lib.path";

    private NativeLibrary() {}

    /** Has an effect only before the driver is first used. */
    static synchronized void unpackedBeside(Path store) {
        use(store, true);
    }

    /** The same, for who only reads: makes nothing. */
    static synchronized void foundBeside(Path store) {
        use(store, false);
    }

    private static void use(Path store, boolean make) {
        if (System.getProperty(PATH) != null) {
            return;
        }
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        Path library = store.resolveSibling("native")
                .resolve(SQLiteJDBCLoader.getVersion())
                .resolve(name);
        try {
            boolean same = isSame(resource, library);
            if (!same && make) {
                unpack(resource, library);
            }
            if (same || make) {
                System.setProperty(PATH, library.resolveSibling("").toString());
            }
        } catch (IOException e) {
            LOG.debug("SQLite's library is unpacked into the system's temporary folder: {}", e.toString());
        }
    }

    /** Whatever else lies there must not become code of this process. */
    private static boolean isSame(String resource, Path library) throws IOException {
        if (!Files.isRegularFile(library)) {
            return false;
        }
        try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            return in != null && Arrays.equals(in.readAllBytes(), Files.readAllBytes(library));
        }
    }

    /** In one move: another process may do the same at the same time. */
    private static void unpack(String resource, Path library) throws IOException {
        try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("no " + resource);
            }
            Path folder = StoreFile.createFolder(library);
            Path part = Files.createTempFile(folder, "part-", "");
            try {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException e) {
                LOG.debug("another process was first: {}", library);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }
}
