package dev.sweepback.upgrade.parcel;

import java.util.Locale;

/** Why a package is refused. The codes are public contract. */
public enum Fault {
    NOT_A_ZIP,
    ZIP_DAMAGED,
    ZIP_AMBIGUOUS,
    ZIP_UNSUPPORTED,
    ZIP_ENCRYPTED,
    UNSAFE_PATH,
    NOT_A_FILE,
    DUPLICATE_PATH,
    TOO_MANY_FILES,
    TOO_LARGE,
    ZIP_BOMB,
    NO_MANIFEST,
    MANIFEST_INVALID,
    NO_SIGNATURE,
    SIGNATURE_UNREADABLE,
    SIGNER_COUNT,
    SIGNER_CERTIFICATE_MISSING,
    SIGNATURE_INVALID,
    WEAK_ALGORITHM,
    UNKNOWN_ISSUER,
    UNTRUSTED_ROOT,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_NOT_YET_VALID,
    CERTIFICATE_PURPOSE,
    ISSUER_NOT_A_CA,
    CHAIN_INVALID,
    TIMESTAMP_INVALID,
    TIMESTAMP_UNTRUSTED,
    FILE_MISSING,
    FILE_UNLISTED,
    FILE_SIZE,
    FILE_DIGEST,
    OTHER_UPGRADE;

    /** As in JSON: {@code unknown-issuer}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
