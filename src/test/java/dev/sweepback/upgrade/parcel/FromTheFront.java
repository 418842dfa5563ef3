package dev.sweepback.upgrade.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A reader of zip files that knows nothing of the directory at their end. */
final class FromTheFront {

    private FromTheFront() {}

    /** Files and folders, as often as they are there. */
    static List<String> paths(Path file) {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            List<String> paths = new ArrayList<>();
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                paths.add(entry.getName());
            }
            return paths;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks a package, and that it is the same to both if it is accepted. */
    static CheckedPackage check(Verification verification, Path file) {
        CheckedPackage checked = verification.check(file);
        try (Archive archive = Archive.open(file, Limits.STANDARD)) {
            List<String> known = new ArrayList<>(archive.paths());
            known.addAll(archive.folders());
            assertThat(paths(file)).containsExactlyInAnyOrderElementsOf(known);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return checked;
    }
}
