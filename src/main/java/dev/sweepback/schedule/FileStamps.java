package dev.sweepback.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tells whether files have changed: by time, size and identity, so that it is cheap enough for every second. */
record FileStamps(Map<Path, String> stamps) {

    static FileStamps of(Path settingsFile) {
        Map<Path, String> stamps = new TreeMap<>();
        stamp(settingsFile, stamps);
        for (String folder : List.of("connectors", "jobs", "policies")) {
            try (Stream<Path> files = Files.list(settingsFile.resolveSibling(folder))) {
                files.forEach(file -> stamp(file, stamps));
            } catch (IOException e) {
                stamps.put(settingsFile.resolveSibling(folder), "cannot be listed");
            }
        }
        return new FileStamps(stamps);
    }

    private static void stamp(Path file, Map<Path, String> stamps) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            stamps.put(file, attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey());
        } catch (IOException e) {
            stamps.put(file, "cannot be read");
        }
    }
}
