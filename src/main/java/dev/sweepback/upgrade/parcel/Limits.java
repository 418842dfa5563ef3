package dev.sweepback.upgrade.parcel;

/**
 * How much of a package is read at most, counted while reading.
 *
 * @param members files and folders
 * @param fileBytes bytes of one file, unpacked
 * @param totalBytes bytes of all files, unpacked
 * @param ratio how many bytes one packed byte may become, once a file is larger than {@link #RATIO_FREE}
 */
public record Limits(int members, long fileBytes, long totalBytes, int ratio) {

    static final Limits STANDARD = new Limits(10_000, 2L << 30, 4L << 30, 200);

    /** Small files may be as repetitive as they like. */
    static final long RATIO_FREE = 1L << 20;

    static final int LONGEST_PATH = 512;
    static final int LARGEST_DIRECTORY = 16 << 20;
    static final int LARGEST_MANIFEST = 4 << 20;
    static final int LARGEST_SIGNATURE = 256 << 10;
    static final int MOST_CERTIFICATES = 50;
}
