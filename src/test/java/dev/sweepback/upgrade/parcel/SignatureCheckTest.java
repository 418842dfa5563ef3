package dev.sweepback.upgrade.parcel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SignatureCheckTest {

    /** A clock that throws stands for what libraries may throw on bytes that nobody thought of. */
    @Test
    void whateverIsThrownIsARefusal() {
        Clock beyond = Clock.offset(Clock.fixed(Instant.MAX, ZoneOffset.UTC), Duration.ofDays(1));
        byte[] manifest = Parcels.text("{}");
        SignatureCheck check = new SignatureCheck(Parcels.trust(Parcels.ROOT), beyond);

        PackageRefused refused = catchThrowableOfType(
                PackageRefused.class, () -> check.check(manifest, Signing.good().sign(manifest)));

        assertThat(refused.fault()).isEqualTo(Fault.SIGNATURE_UNREADABLE);
        assertThat(refused).hasMessageStartingWith("manifest.json.p7s cannot be used: something in it is damaged (");
    }
}
