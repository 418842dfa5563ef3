package dev.sweepback.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.journal.JournalException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SnapshotCipherTest {

    private static final byte[] PLAIN = "{\"token\":\"s3cret\"}".getBytes(StandardCharsets.UTF_8);

    private final SnapshotCipher cipher = new SnapshotCipher(new byte[32]);

    @Test
    void whatIsSealedOpensAndShowsNothing() {
        Sealed sealed = cipher.seal(PLAIN);

        assertThat(cipher.open(sealed, "it")).isEqualTo(PLAIN);
        assertThat(new String(sealed.ciphertext(), StandardCharsets.ISO_8859_1)).doesNotContain("s3cret");
        assertThat(sealed.ciphertext()[0]).isEqualTo((byte) 1);
        assertThat(cipher.seal(PLAIN).ciphertext()).isNotEqualTo(sealed.ciphertext());
    }

    @Test
    void everyByteCounts() {
        Sealed sealed = cipher.seal(PLAIN);

        for (int index = 0; index < sealed.ciphertext().length; index++) {
            Sealed changed = new Sealed(sealed.keyId(), sealed.wrappedKey(), flipped(sealed.ciphertext(), index));
            assertThatThrownBy(() -> cipher.open(changed, "snapshot 7"))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("snapshot 7");
        }
        for (int index = 0; index < sealed.wrappedKey().length; index++) {
            Sealed changed = new Sealed(sealed.keyId(), flipped(sealed.wrappedKey(), index), sealed.ciphertext());
            assertThat(cipher.opens(changed)).isFalse();
        }
    }

    @Test
    void anotherKeyIsTold() {
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        SnapshotCipher other = new SnapshotCipher(otherKey);

        assertThatThrownBy(() -> other.open(cipher.seal(PLAIN), "it"))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(cipher.keyId())
                .hasMessageContaining(other.keyId());
        assertThatThrownBy(() -> SnapshotCipher.withoutKey().seal(PLAIN)).hasMessageContaining("store.key");
        assertThat(cipher.derivedKey("a")).hasSize(32).isNotEqualTo(cipher.derivedKey("b"));
    }

    private static byte[] flipped(byte[] bytes, int index) {
        byte[] changed = Arrays.copyOf(bytes, bytes.length);
        changed[index] ^= 1;
        return changed;
    }
}
