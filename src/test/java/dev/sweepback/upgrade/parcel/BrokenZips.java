package dev.sweepback.upgrade.parcel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Zip files that are unsafe, damaged, or different for different readers. */
final class BrokenZips {

    private static final byte[] EVIL = Parcels.text("evil");

    private BrokenZips() {}

    static List<Broken> all() {
        return List.of(
                named("path escape", "../escaped.txt", "one of its parts is '..'"),
                named("path escape in the middle", "files/../../escaped.txt", "'files/../../escaped.txt' is not safe"),
                named("absolute path", "/tmp/escaped.txt", "it is absolute"),
                named("backslash", "files\\..\\escaped.txt", "a backslash"),
                named("drive letter", "C:/escaped.txt", "a colon"),
                named("NUL in a name", "files/a.txt\0.sh", "a NUL"),
                named("empty name", "", "it is empty"),
                named("control character", "files/\u001b[2J", "a control character"),
                named(
                        "direction mark",
                        "files/\u202egnp.sh",
                        "'files/?gnp.sh' is not safe: it has a control character"),
                named("dot at the end", "files/install.sh.", "ends with a dot or blank"),
                named("device", "files/nul.txt", "the name of a device"),
                named("long path", "files/" + "x".repeat(600), "longer than 512 characters"),
                zip("name in no known writing", Fault.UNSAFE_PATH, "neither ASCII nor marked", raw -> {
                    RawZip.Item item = raw.add("x", EVIL);
                    item.name = "files/\u00e4".getBytes(StandardCharsets.ISO_8859_1);
                    item.localName = item.name;
                }),
                zip(
                        "symbolic link",
                        Fault.NOT_A_FILE,
                        "is a symbolic link",
                        raw -> raw.add("files/link", Parcels.text("/etc/passwd"), 0)
                                .unix(0120777)),
                zip(
                        "device file",
                        Fault.NOT_A_FILE,
                        "neither a file nor a folder",
                        raw -> raw.add("files/device", EVIL, 0).unix(0020666)),
                zip(
                        "folder without a slash",
                        Fault.NOT_A_FILE,
                        "not by both",
                        raw -> raw.add("files/folder", EVIL, 0).unix(0040755)),
                zip(
                        "folder with content",
                        Fault.NOT_A_FILE,
                        "a folder with content",
                        raw -> raw.add("files/folder/", EVIL, 0)),
                zip("encrypted", Fault.ZIP_ENCRYPTED, "'files/secret.bin' is encrypted", raw -> {
                    RawZip.Item item = raw.add("files/secret.bin", EVIL);
                    item.flags = 1;
                    item.localFlags = 1;
                }),
                zip(
                        "unsupported packing",
                        Fault.ZIP_UNSUPPORTED,
                        "other than stored and deflated",
                        raw -> raw.add("files/bzip.bin", EVIL).method = 12),
                zip(
                        "stored with a descriptor",
                        Fault.ZIP_UNSUPPORTED,
                        "its end cannot be told",
                        raw -> raw.add("files/stored.bin", EVIL, 0).withDescriptor()),
                zip(
                        "comment of an entry",
                        Fault.ZIP_UNSUPPORTED,
                        "has a comment",
                        raw -> raw.items.get(2).comment = Parcels.text("PK")),
                zip("Zip64", Fault.ZIP_UNSUPPORTED, "a Zip64 file", raw -> raw.countedTooMany = 0xffff - 4),
                zip(
                        "Zip64 field",
                        Fault.ZIP_AMBIGUOUS,
                        "0x0001 (Zip64)",
                        raw -> raw.items.get(2).extra = new byte[] {1, 0, 4, 0, 0, 0, 0, 0}),
                Broken.of(
                        "one disk of several",
                        Fault.ZIP_UNSUPPORTED,
                        "a part of a zip file of several disks",
                        parcel -> parcel.bytes = whole -> {
                            byte[] changed = whole.clone();
                            changed[changed.length - 22 + 4] = 1;
                            return changed;
                        }),
                zip("directory that is too large", Fault.TOO_MANY_FILES, "has a directory larger than 16 MiB", raw -> {
                    byte[] padding = Arrays.copyOf(new byte[] {0x20, (byte) 0xa2, 0x5c, (byte) 0xea}, 60_000);
                    for (int index = 0; index < 280; index++) {
                        raw.add("files/" + index, new byte[0], 0).extra = padding;
                    }
                }),
                zip("Zip64 locator in disguise", Fault.ZIP_UNSUPPORTED, "a Zip64 locator", raw -> {
                    byte[] padding = Arrays.copyOf(new byte[] {0x20, (byte) 0xa2, 20, 0, 0x50, 0x4b, 6, 7}, 24);
                    raw.items.get(3).extra = padding;
                }),
                zip(
                        "another name in an extra field",
                        Fault.ZIP_AMBIGUOUS,
                        "0x7075 (another name)",
                        raw -> raw.items.get(2).localExtra = new byte[] {0x75, 0x70, 1, 0, 1}),
                zip(
                        "damaged extra field",
                        Fault.ZIP_DAMAGED,
                        "extra field of the zip entry 'files/install.sh' is damaged",
                        raw -> raw.items.get(2).extra = new byte[] {0x55, 0x54, 90, 0, 1}),
                zip(
                        "duplicate",
                        Fault.DUPLICATE_PATH,
                        "two entries 'files/notes.txt'",
                        raw -> raw.add(Parcels.NOTES, EVIL)),
                zip(
                        "duplicate by case",
                        Fault.DUPLICATE_PATH,
                        "'files/notes.txt' and 'Files/NOTES.txt' are the same",
                        raw -> raw.add("Files/NOTES.txt", EVIL)),
                zip("duplicate by normal form", Fault.DUPLICATE_PATH, "are the same file", raw -> {
                    raw.add("files/\u00fcber", EVIL);
                    raw.add("files/u\u0308ber", EVIL);
                }),
                zip(
                        "file that is a folder",
                        Fault.DUPLICATE_PATH,
                        "'files/notes.txt' is a file, and the folder of",
                        raw -> raw.add("files/NOTES.txt/more", EVIL)),
                zip("too many entries", Fault.TOO_MANY_FILES, "more than 10000 entries", raw -> {
                    for (int index = 0; index < 10_000; index++) {
                        raw.add("files/" + index, new byte[0], 0);
                    }
                }),
                listed(
                        "bomb by ratio",
                        Fault.ZIP_BOMB,
                        "more than 200 times as large",
                        "files/zeros",
                        new byte[4 << 20]),
                listed(
                                "bomb by one size",
                                Fault.TOO_LARGE,
                                "'files/noise' is larger than 100000 bytes",
                                "files/noise",
                                noise(200_000))
                        .within(new Limits(100, 100_000, 1_000_000, 200)),
                listed(
                                "bomb by all sizes",
                                Fault.TOO_LARGE,
                                "the package is larger than 100000 bytes",
                                "files/noise",
                                noise(99_999))
                        .within(new Limits(100, 100_000, 100_000, 200)),
                listed(
                        "bomb with a header that lies",
                        Fault.ZIP_BOMB,
                        "'files/lie' becomes more than 200 times",
                        "files/lie",
                        new byte[4 << 20],
                        raw -> {
                            RawZip.Item item = raw.items.get(4);
                            item.size = 10;
                            item.localSize = 10;
                        }),
                zip(
                        "another name in the local header",
                        Fault.ZIP_AMBIGUOUS,
                        "another name in its local header",
                        raw -> raw.items.get(3).localName = Parcels.text("files/other.txt")),
                zip(
                        "another length in the local header",
                        Fault.ZIP_AMBIGUOUS,
                        "another length or checksum in its local header",
                        raw -> raw.items.get(3).localSize = 4),
                zip(
                        "another flag in the local header",
                        Fault.ZIP_AMBIGUOUS,
                        "other flags, packing or time",
                        raw -> raw.items.get(3).localFlags = 1),
                zip("another length in the descriptor", Fault.ZIP_AMBIGUOUS, "in the descriptor after it", raw -> {
                    RawZip.Item item = raw.items.get(3).withDescriptor();
                    item.after[12] ^= 1;
                }),
                zip("no descriptor", Fault.ZIP_AMBIGUOUS, "'files/notes.txt' has no descriptor after it", raw -> {
                    RawZip.Item item = raw.items.get(3).withDescriptor();
                    item.after = new byte[0];
                }),
                zip(
                        "entry beside the directory",
                        Fault.ZIP_AMBIGUOUS,
                        "bytes lie between the last zip entry",
                        raw -> raw.add("files/hidden.sh", EVIL).inDirectory = false),
                zip(
                        "hidden bytes between entries",
                        Fault.ZIP_AMBIGUOUS,
                        "does not follow the one before it",
                        raw -> raw.items.get(2).before = EVIL),
                zip(
                        "program before the zip file",
                        Fault.ZIP_AMBIGUOUS,
                        "'manifest.json' does not follow",
                        raw -> raw.prefix = EVIL),
                zip("overlapping entries", Fault.ZIP_AMBIGUOUS, "overlaps with another", raw -> {
                    RawZip.Item item = raw.add("files/twin.sh", raw.items.get(2).data, 0);
                    item.headerAt = 0;
                }),
                zip("no local header", Fault.ZIP_AMBIGUOUS, "'files/nowhere' has no local header", raw -> {
                    int end = raw.bytes().length - 22 - directory(raw);
                    raw.add("files/nowhere", EVIL).headerAt = end;
                }),
                zip(
                        "bytes between directory and end",
                        Fault.ZIP_AMBIGUOUS,
                        "central directory does not end where",
                        raw -> raw.betweenDirectoryAndEnd = EVIL),
                zip(
                        "another count in the end record",
                        Fault.ZIP_AMBIGUOUS,
                        "counts 5 entries, its central directory has 4",
                        raw -> raw.countedTooMany = 1),
                zip(
                        "comment of the zip file",
                        Fault.ZIP_AMBIGUOUS,
                        "has a comment, or bytes after its end",
                        raw -> raw.comment = Parcels.text("hello")),
                zip(
                        "bytes after the packed content",
                        Fault.ZIP_AMBIGUOUS,
                        "between the content of the zip entry 'files/notes.txt' and the next",
                        raw -> {
                            RawZip.Item item = raw.items.get(3);
                            item.data = Arrays.copyOf(item.data, item.data.length + 7);
                            item.packed += 7;
                        }),
                zip(
                        "packed content cut off",
                        Fault.ZIP_DAMAGED,
                        "content of the zip entry 'files/notes.txt' ends too early",
                        raw -> {
                            RawZip.Item item = raw.items.get(3);
                            item.data = Arrays.copyOf(item.data, item.data.length - 3);
                            item.packed -= 3;
                        }),
                zip(
                        "packed content is garbage",
                        Fault.ZIP_DAMAGED,
                        "'files/notes.txt' cannot be unpacked",
                        raw -> Arrays.fill(raw.items.get(3).data, (byte) 0xff)),
                zip("wrong checksum", Fault.ZIP_DAMAGED, "than its header says", raw -> raw.items.get(3).crc ^= 1),
                zip("two lengths of a stored entry", Fault.ZIP_AMBIGUOUS, "is stored and has two lengths", raw -> {
                    RawZip.Item item = raw.add("files/two", EVIL, 0);
                    item.size = 9;
                }),
                bytes("truncated", Fault.ZIP_DAMAGED, "the zip file is cut off", 40),
                bytes("nearly nothing", Fault.NOT_A_ZIP, "this is no zip file", Integer.MAX_VALUE),
                Broken.of(
                        "damaged directory",
                        Fault.ZIP_DAMAGED,
                        "the zip file's central directory is damaged",
                        parcel -> parcel.bytes = whole -> {
                            byte[] changed = whole.clone();
                            int at = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf("PK\001\002");
                            changed[at + 3] = 7;
                            return changed;
                        }));
    }

    private static int directory(RawZip raw) {
        return raw.items.stream().mapToInt(item -> 46 + item.name.length).sum();
    }

    private static Broken named(String name, String path, String said) {
        return zip(name, Fault.UNSAFE_PATH, said, raw -> raw.add(path, EVIL));
    }

    private static Broken zip(String name, Fault fault, String said, Consumer<RawZip> damage) {
        return Broken.of(name, fault, said, parcel -> parcel.zip = damage);
    }

    private static Broken listed(String name, Fault fault, String said, String path, byte[] content) {
        return Broken.of(name, fault, said, parcel -> parcel.files.putAll(Map.of(path, content)));
    }

    private static Broken listed(
            String name, Fault fault, String said, String path, byte[] content, Consumer<RawZip> damage) {
        return Broken.of(name, fault, said, parcel -> {
            parcel.files.put(path, content);
            parcel.zip = damage;
        });
    }

    private static Broken bytes(String name, Fault fault, String said, int fewer) {
        return Broken.of(
                name,
                fault,
                said,
                parcel -> parcel.bytes = whole -> Arrays.copyOf(whole, Math.max(10, whole.length - fewer)));
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(1).nextBytes(noise);
        return noise;
    }
}
