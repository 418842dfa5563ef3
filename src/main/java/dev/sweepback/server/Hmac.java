package dev.sweepback.server;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with each of several keys. */
final class Hmac {

    private static final String ALGORITHM = "HmacSHA256";

    private Hmac() {}

    /** Tries every key, also once one has fitted. */
    static boolean isMadeWithAny(List<byte[]> keys, byte[] content, byte[] mac) {
        boolean fits = false;
        for (byte[] key : keys) {
            fits |= MessageDigest.isEqual(of(key, content), mac);
        }
        return fits;
    }

    private static byte[] of(byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of every Java", e);
        }
    }
}
