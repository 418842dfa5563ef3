package dev.sweepback.job;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The file that something was read from.
 *
 * @param text all of it, for a diff with a later version
 * @param sha256 64 hexadecimal digits over the bytes of the file
 */
public record Source(Path path, String text, String sha256) {

    public static Source of(Path path, String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Source(path, text, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    /** The folder that a relative path in the file is relative to. */
    Path folder() {
        Path parent = path.toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    @Override
    public String toString() {
        return path + " sha256:" + sha256;
    }
}
