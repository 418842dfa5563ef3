package dev.sweepback.upgrade.parcel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A file or folder of a zip file, as its central directory tells; {@link LocalHeaders} makes sure that nothing else tells otherwise.
 *
 * @param path with slashes; that of a folder ends with one
 * @param rawName the bytes of the path as they stand in the file, a character each
 * @param headerAt where its local header begins
 * @param dataAt where its packed bytes begin
 */
record Member(
        String path,
        String rawName,
        int flags,
        int method,
        int dosTime,
        int dosDate,
        long crc,
        long packed,
        long size,
        long headerAt,
        long dataAt) {

    static final int STORED = 0;
    static final int DEFLATED = 8;
    static final int DESCRIPTOR_FOLLOWS = 1 << 3;

    boolean isFolder() {
        return path.endsWith("/");
    }

    boolean isFollowedByDescriptor() {
        return (flags & DESCRIPTOR_FOLLOWS) != 0;
    }

    Member dataAt(long place) {
        return new Member(path, rawName, flags, method, dosTime, dosDate, crc, packed, size, headerAt, place);
    }

    /** The zip format knows no time zone: taken for UTC. Empty if it is no time. */
    Optional<Instant> modified() {
        try {
            return Optional.of(LocalDateTime.of(
                            1980 + (dosDate >> 9),
                            dosDate >> 5 & 15,
                            dosDate & 31,
                            dosTime >> 11,
                            dosTime >> 5 & 63,
                            (dosTime & 31) * 2)
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
