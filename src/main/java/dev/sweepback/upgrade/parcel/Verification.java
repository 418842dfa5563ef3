package dev.sweepback.upgrade.parcel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;

/**
 * Verifies packages: first the zip file, then the signature over the bytes of its manifest, and only then what the manifest
 * says, and the files against it. Nothing is written anywhere.
 */
public final class Verification {

    private final SignatureCheck signatures;
    private final ManifestReader manifests;
    private final Limits limits;

    public Verification(Trust trust, Spelling spelling, Clock clock) {
        this(trust, spelling, clock, Limits.STANDARD);
    }

    Verification(Trust trust, Spelling spelling, Clock clock, Limits limits) {
        this.signatures = new SignatureCheck(trust, clock);
        this.manifests = new ManifestReader(spelling);
        this.limits = limits;
    }

    /**
     * @throws PackageRefused if it must not be installed, for the first reason that was found
     * @throws UncheckedIOException if it cannot be read
     */
    public CheckedPackage check(Path file) {
        try (Archive archive = Archive.open(file, limits)) {
            byte[] manifestBytes = bytes(archive, Manifest.PATH, Limits.LARGEST_MANIFEST, Fault.NO_MANIFEST);
            byte[] signature = bytes(archive, Manifest.SIGNATURE_PATH, Limits.LARGEST_SIGNATURE, Fault.NO_SIGNATURE);
            Signer signer = signatures.check(manifestBytes, signature);
            Manifest manifest = manifests.read(manifestBytes);
            FileCheck.check(manifest, archive);
            return new CheckedPackage(
                    manifest,
                    HexFormat.of().formatHex(sha256().digest(manifestBytes)),
                    signer,
                    Warnings.of(manifest, archive));
        } catch (IOException e) {
            throw new UncheckedIOException("the package " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Archive archive, String path, long largest, Fault missing) throws IOException {
        Member member = archive.file(path)
                .orElseThrow(
                        () -> new PackageRefused(
                                missing,
                                "there is no " + path + " in the package",
                                "a package has manifest.json and manifest.json.p7s at its top; docs/packages.md shows how one is made"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        archive.read(member, largest, bytes);
        return bytes.toByteArray();
    }

    /** The digest of a file, in hexadecimal, without keeping its content. */
    static String sha256(Archive archive, Member file) throws IOException {
        MessageDigest digest = sha256();
        archive.read(file, Long.MAX_VALUE, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
