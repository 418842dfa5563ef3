package dev.sweepback.upgrade.parcel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * What zip programs write beside a header. Times, owners and padding do no harm; another name, another size or a link's goal
 * would, and so would what nobody knows.
 */
final class ExtraFields {

    /** Times (UT, Info-ZIP's old one, NTFS), owners (two of Info-ZIP), Java's mark, Microsoft's padding. */
    private static final Set<Integer> HARMLESS = Set.of(0x5455, 0x5855, 0x000a, 0x7855, 0x7875, 0xcafe, 0xa220);

    private ExtraFields() {}

    static void check(String path, ByteBuffer slice) {
        ByteBuffer bytes = slice.order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at < bytes.limit()) {
            if (bytes.limit() - at < 4 || bytes.limit() - at - 4 < Bytes.number16(bytes, at + 2)) {
                throw new PackageRefused(
                        Fault.ZIP_DAMAGED,
                        "the extra field of the zip entry " + Shown.quoted(path) + " is damaged",
                        "get the package anew from its vendor");
            }
            int id = Bytes.number16(bytes, at);
            if (!HARMLESS.contains(id)) {
                throw new PackageRefused(
                        Fault.ZIP_AMBIGUOUS,
                        "the zip entry " + Shown.quoted(path) + " has an extra field 0x" + String.format("%04x", id)
                                + name(id) + ": programs may see something else in it",
                        "make the package anew with a plain zip program (zip -X), below 4 GiB and with names in ASCII or UTF-8");
            }
            at += 4 + Bytes.number16(bytes, at + 2);
        }
    }

    private static String name(int id) {
        return switch (id) {
            case 0x0001 -> " (Zip64)";
            case 0x7075 -> " (another name)";
            case 0x756e, 0x000d -> " (Unix, perhaps a link)";
            case 0x9901, 0x0017 -> " (encryption)";
            default -> "";
        };
    }
}
