package dev.sweepback.store;

/** An encrypted snapshot, as it is stored. Whoever destroys its wrapped key makes it unreadable for good. */
final class Sealed {

    private final String keyId;
    private final byte[] wrappedKey;
    private final byte[] ciphertext;

    /** @param keyId the key that wraps the data key */
    Sealed(String keyId, byte[] wrappedKey, byte[] ciphertext) {
        this.keyId = keyId;
        this.wrappedKey = wrappedKey;
        this.ciphertext = ciphertext;
    }

    String keyId() {
        return keyId;
    }

    byte[] wrappedKey() {
        return wrappedKey;
    }

    byte[] ciphertext() {
        return ciphertext;
    }
}
