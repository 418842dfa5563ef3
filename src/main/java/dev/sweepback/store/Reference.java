package dev.sweepback.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How entries name what is kept beside them: by its kind and the hash of the stored bytes. */
final class Reference {

    static final String SNAPSHOT = "snapshot:sha256:";
    static final String DOCUMENT = "document:sha256:";

    private Reference() {}

    static String snapshot(byte[] ciphertext) {
        return SNAPSHOT + hash(ciphertext);
    }

    static String document(byte[] content) {
        return DOCUMENT + hash(content);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
