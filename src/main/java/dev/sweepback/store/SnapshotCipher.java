package dev.sweepback.store;

import dev.sweepback.journal.JournalException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts snapshots with AES-256-GCM: a fresh data key for each, wrapped by the store's key. Both texts are a version
 * byte, 12 bytes of nonce, and what GCM gives. Thread-safe.
 */
public final class SnapshotCipher {

    static final int KEY_BYTES = 32;

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int HEADER_BYTES = 1 + NONCE_BYTES;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte @Nullable [] key;
    private final String keyId;

    /** @param key 256 bits */
    public SnapshotCipher(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.key = key.clone();
        this.keyId = HexFormat.of().formatHex(derive(key, "key id"), 0, 8);
    }

    private SnapshotCipher() {
        this.key = null;
        this.keyId = "";
    }

    /** For reading and verifying a journal whose key is not at hand: nothing can be removed or undone with it. */
    public static SnapshotCipher withoutKey() {
        return new SnapshotCipher();
    }

    /** Tells keys apart without giving anything of them away; empty without a key. */
    public String keyId() {
        return keyId;
    }

    /** A key for another purpose, from which this one cannot be found. */
    public byte[] derivedKey(String purpose) {
        return derive(key(), purpose);
    }

    Sealed seal(byte[] plain) {
        byte[] dataKey = new byte[KEY_BYTES];
        RANDOM.nextBytes(dataKey);
        return new Sealed(keyId, encrypt(key(), dataKey), encrypt(dataKey, plain));
    }

    /** @throws JournalException if the key is another one or a byte was changed; {@code what} is named in it */
    byte[] open(Sealed sealed, String what) {
        byte[] key = key();
        if (!sealed.keyId().equals(keyId)) {
            throw new JournalException(what + " was encrypted with the key " + sealed.keyId()
                    + ", and the given key is " + keyId + ": give the key that the store was made with");
        }
        try {
            return decrypt(decrypt(key, sealed.wrappedKey()), sealed.ciphertext());
        } catch (GeneralSecurityException e) {
            throw new JournalException(
                    what + " does not decrypt: it or its data key was changed; restore the store from a backup", e);
        }
    }

    /** Whether key, data key and content fit together. */
    boolean opens(Sealed sealed) {
        try {
            decrypt(decrypt(key(), sealed.wrappedKey()), sealed.ciphertext());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private byte[] key() {
        if (key == null) {
            throw new JournalException("snapshots cannot be used without the store's key: give it in store.key");
        }
        return key;
    }

    private static byte[] encrypt(byte[] key, byte[] plain) {
        byte[] header = new byte[HEADER_BYTES];
        RANDOM.nextBytes(header);
        header[0] = VERSION;
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, header);
            byte[] whole = Arrays.copyOf(header, HEADER_BYTES + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, whole, HEADER_BYTES);
            return whole;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every Java", e);
        }
    }

    private static byte[] decrypt(byte[] key, byte[] whole) throws GeneralSecurityException {
        if (whole.length < HEADER_BYTES || whole[0] != VERSION) {
            throw new GeneralSecurityException("not of version " + VERSION);
        }
        return cipher(Cipher.DECRYPT_MODE, key, whole).doFinal(whole, HEADER_BYTES, whole.length - HEADER_BYTES);
    }

    private static Cipher cipher(int mode, byte[] key, byte[] header) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, header, 1, NONCE_BYTES));
        cipher.updateAAD(header, 0, 1);
        return cipher;
    }

    private static byte[] derive(byte[] key, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(("sweepback " + purpose).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java", e);
        }
    }

    @Override
    public String toString() {
        return "SnapshotCipher[" + (key == null ? "without key" : keyId) + "]";
    }
}
