package dev.sweepback.upgrade.parcel;

import java.time.Instant;
import java.util.Optional;

/**
 * Who signed a package.
 *
 * @param subject the distinguished name in the certificate
 * @param sha256 the fingerprint of the certificate, in hexadecimal
 * @param signedAt when a trusted authority saw the signature, if it did
 */
public record Signer(String subject, String sha256, Instant validFrom, Instant validTo, Optional<Instant> signedAt) {}
