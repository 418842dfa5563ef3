package dev.sweepback.upgrade.parcel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.upgrade.Reboot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoodPackagesTest {

    private static final Clock CLOCK = BrokenPackagesTest.CLOCK;

    @TempDir
    Path folder;

    private final Parcels parcel = new Parcels();

    private CheckedPackage check(Trust trust, Clock clock) {
        return FromTheFront.check(
                new Verification(trust, new TestSpelling(), clock), parcel.write(folder.resolve("package.zip")));
    }

    private CheckedPackage check() {
        return check(Parcels.trust(Parcels.ROOT), CLOCK);
    }

    @Test
    void theExamplePackageIsVerified() throws Exception {
        CheckedPackage checked = check();

        byte[] manifest = Parcels.text(parcel.manifestNode().toPrettyString());
        assertThat(checked.manifestSha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(manifest)));
        assertThat(checked.warnings()).isEmpty();
        assertThat(checked.signer().subject()).isEqualTo("CN=Vendor Signing,O=Vendor");
        assertThat(checked.signer().sha256()).isEqualTo(Certificates.sha256(Parcels.SIGNER.certificate()));
        assertThat(checked.signer().signedAt()).isEmpty();
        assertThat(checked.manifest().name()).isEqualTo("full-upgrade-package-dten");
        assertThat(checked.manifest().reboot()).isEqualTo(Reboot.REQUIRED);
        assertThat(checked.manifest().downtime()).contains(Duration.ofMinutes(30));
        assertThat(checked.manifest().temporary().stream().map(Object::toString))
                .containsExactly(
                        "flag:unleash/dten-hybrid", "webhook:github/11", "lease:vault/database/creds/dten-migrator/x1");
    }

    @Test
    void theSignatureMayBePem() {
        for (String label : List.of("CMS", "PKCS7")) {
            parcel.signature = content -> {
                String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(new Signing(Parcels.SIGNER)
                                .bringing(Parcels.SIGNER, Parcels.ISSUING)
                                .sign(content));
                return Parcels.text("-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
            };

            assertThat(check().signer().subject()).startsWith("CN=Vendor Signing");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, 2048, SHA256withRSA",
        "RSA, 2048, SHA512withRSA",
        "RSA, 2048, SHA256withRSAandMGF1",
        "RSA, 2048, SHA384withRSAandMGF1",
        "EC, 384, SHA384withECDSA",
        "Ed25519, 0, Ed25519"
    })
    void strongAlgorithmsAreBelieved(String keys, int bits, String algorithm) {
        Identity signer = new IdentityMaker("CN=Strong").keys(keys, bits).by(Parcels.ROOT);
        parcel.signature = new Signing(signer).with(algorithm).bringing(signer)::sign;

        assertThat(check().signer().subject()).isEqualTo("CN=Strong");
    }

    @Test
    void filesMayBeStoredOrFollowedByTheirLengthAndFoldersMayBeThere() {
        parcel.files.put("files/empty", new byte[0]);
        parcel.files.put("files/\u00fcber.txt", Parcels.text("\u00fc"));
        parcel.files.put("files/noise", noise(300_000));
        parcel.zip = raw -> {
            raw.items.get(2).withDescriptor();
            raw.items.get(3).unix(0100755);
            raw.items.get(3).extra = new byte[] {0x55, 0x54, 1, 0, 0};
            raw.add("files/", new byte[0], 0).unix(0040755);
        };

        assertThat(check().manifest().files()).hasSize(5);
    }

    @Test
    void aZipFileThatJavaWritesIsRead() throws IOException {
        Path file = parcel.write(folder.resolve("package.zip"));
        Path anew = folder.resolve("anew.zip");
        try (Archive archive = Archive.open(file, Limits.STANDARD);
                OutputStream out = Files.newOutputStream(anew);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String path : archive.paths()) {
                zip.putNextEntry(new ZipEntry(path));
                archive.read(archive.file(path).orElseThrow(), Long.MAX_VALUE, zip);
            }
        }

        assertThat(FromTheFront.check(new Verification(Parcels.trust(Parcels.ROOT), new TestSpelling(), CLOCK), anew)
                        .manifest()
                        .files())
                .hasSize(2);
    }

    @Test
    void whatRepeatsItselfIsFineAsLongAsItIsSmall() {
        parcel.files.put("files/zeros", new byte[1 << 20]);

        assertThat(check().manifest().files()).hasSize(3);
    }

    @Test
    void aMissingIntermediateCanBeGivenAndIsNotTrustedByItself() {
        parcel.signature = new Signing(Parcels.SIGNER)::sign;
        List<X509Certificate> chain = List.of(Parcels.ISSUING.certificate(), Parcels.SIGNER.certificate());

        assertThat(check(new Trust(List.of(Parcels.ROOT.certificate()), chain), CLOCK)
                        .signer()
                        .subject())
                .startsWith("CN=Vendor Signing");
        assertThatThrownBy(() -> check(new Trust(List.of(Parcels.STAMPS_ROOT.certificate()), chain), CLOCK))
                .isInstanceOf(PackageRefused.class)
                .hasMessageContaining("unknown issuer");
    }

    @Test
    void anIntermediateThatIsTrustedIsARoot() {
        assertThat(check(Parcels.trust(Parcels.ISSUING), CLOCK).signer().subject())
                .startsWith("CN=Vendor Signing");
    }

    @Test
    void aTrustedCaThatAllowsNoOtherMayRenewItself() {
        Identity old = new IdentityMaker("CN=Renewed").ca().pathLength(0).by(Parcels.ROOT);
        Identity renewed = new IdentityMaker("CN=Renewed").ca().by(old);
        Identity signer = new IdentityMaker("CN=Signer").by(renewed);
        parcel.signature = new Signing(signer).bringing(signer, renewed)::sign;

        assertThat(check(Parcels.trust(old), CLOCK).signer().subject()).isEqualTo("CN=Signer");
    }

    /** Two certificates of the same CA: the one that is of no use does not hide the other. */
    @Test
    void ofSeveralWaysOneThatHoldsIsTaken() {
        Identity old = new IdentityMaker("CN=Crossed")
                .ca()
                .valid("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z")
                .by(Parcels.ROOT);
        Identity renewed = new IdentityMaker("CN=Crossed").ca().keyOf(old).by(Parcels.ROOT);
        Identity signer = new IdentityMaker("CN=Signer").by(old);
        parcel.signature = new Signing(signer).bringing(signer)::sign;
        List<X509Certificate> roots = List.of(Parcels.ROOT.certificate());

        for (List<X509Certificate> order : List.of(
                List.of(old.certificate(), renewed.certificate()), List.of(renewed.certificate(), old.certificate()))) {
            assertThat(check(new Trust(roots, order), CLOCK).signer().subject()).isEqualTo("CN=Signer");
        }
    }

    @Test
    void certificatesThatIssueEachOtherEndNowhere() {
        Identity one = new IdentityMaker("CN=One").ca().bySelf();
        Identity two = new IdentityMaker("CN=Two").ca().by(one);
        Identity oneByTwo = new IdentityMaker("CN=One").ca().keyOf(one).by(two);
        Identity signer = new IdentityMaker("CN=Signer").by(two);
        parcel.signature = new Signing(signer).bringing(signer, two, oneByTwo)::sign;

        assertThat(catchThrowableOfType(PackageRefused.class, this::check).fault())
                .isEqualTo(Fault.UNKNOWN_ISSUER);
    }

    @Test
    void aTimestampMovesTheTimeOfJudgementBeforeTheEndOfTheCertificate() {
        Instant signed = Instant.parse("2026-05-01T09:00:00Z");
        Clock later = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);
        parcel.signature = new Signing(Parcels.SIGNER)
                .bringing(Parcels.SIGNER, Parcels.ISSUING)
                .stamped(signature -> Signing.token(Parcels.STAMPS, signed, signature))::sign;

        CheckedPackage checked = check(Parcels.trust(Parcels.ROOT, Parcels.STAMPS_ROOT), later);

        assertThat(checked.signer().signedAt()).contains(signed);
    }

    @Test
    void aCertificateLikeThatOfTheAuthorityDoesNotHideIt() {
        Instant signed = Instant.parse("2026-05-01T09:00:00Z");
        Identity decoy = new IdentityMaker("CN=Stamps")
                .purpose(KeyPurposeId.id_kp_timeStamping)
                .numbered(Parcels.STAMPS.holder().getSerialNumber())
                .by(new IdentityMaker("CN=Stamps Root").ca().bySelf());
        parcel.signature = new Signing(Parcels.SIGNER)
                .bringing(Parcels.SIGNER, Parcels.ISSUING, Parcels.STAMPS)
                .stamped(signature -> Signing.bringing(Signing.token(Parcels.STAMPS, signed, signature), decoy))::sign;

        CheckedPackage checked = check(Parcels.trust(Parcels.ROOT, Parcels.STAMPS_ROOT), CLOCK);

        assertThat(checked.signer().signedAt()).contains(signed);
    }

    @Test
    void withoutATimestampItIsJudgedNowWhateverTimeTheSignerClaims() {
        Clock later = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);

        assertThatThrownBy(() -> check(Parcels.trust(Parcels.ROOT), later))
                .isInstanceOf(PackageRefused.class)
                .hasMessageContaining("expired at 2027-01-01T00:00:00Z, before 2030-01-01T00:00:00Z");
    }

    @Test
    void aRootMustBeACertificateOfACa() {
        assertThatThrownBy(() -> Parcels.trust(Parcels.SIGNER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'CN=Vendor Signing,O=Vendor' is no root certificate");
        assertThatThrownBy(Parcels::trust).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever is damaged, the answer is a refusal, or the same as before where the byte means nothing. */
    @Test
    void damageOfAnyByteIsRefusedOrMeansNothing() throws IOException {
        CheckedPackage good = check();
        byte[] whole = Files.readAllBytes(folder.resolve("package.zip"));
        Random random = new Random(7);
        int refused = 0;
        for (int trial = 0; trial < 250; trial++) {
            byte[] damaged = whole.clone();
            int at = random.nextInt(damaged.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Path file = Files.write(folder.resolve("damaged.zip"), damaged);
            try {
                CheckedPackage checked = FromTheFront.check(
                        new Verification(Parcels.trust(Parcels.ROOT), new TestSpelling(), CLOCK), file);
                assertThat(checked.manifest()).as("byte %d", at).isEqualTo(good.manifest());
                assertThat(checked.signer()).as("byte %d", at).isEqualTo(good.signer());
            } catch (PackageRefused e) {
                refused++;
            }
        }

        assertThat(refused).isGreaterThan(200);
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(1).nextBytes(noise);
        return noise;
    }
}
