package dev.sweepback.upgrade.parcel;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;

/** Packages with an entry of a folder that is more than the name of one, or that nobody signed. */
final class BrokenFolders {

    private static final byte[] EVIL = Parcels.text("evil");

    private BrokenFolders() {}

    static List<Broken> all() {
        return List.of(
                folder("packed folder", "packed/", item -> item.method = Member.DEFLATED),
                folder("folder with a descriptor", "described/", RawZip.Item::withDescriptor),
                folder("folder with bytes", "bytes/", item -> {
                    item.data = EVIL;
                    item.packed = EVIL.length;
                }),
                folder("folder with a length", "length/", item -> item.size = 4),
                folder("folder with a checksum", "checksum/", item -> item.crc = 1),
                folder("file hidden in a folder", "files/", BrokenFolders::hideInstallScript),
                Broken.of(
                        "folder that is not signed",
                        Fault.FILE_UNLISTED,
                        "folders in which its manifest lists no file: 'files/empty/', 'other/'",
                        parcel -> parcel.zip = raw -> List.of("files/", "files/empty/", "other/")
                                .forEach(path -> raw.add(path, new byte[0], Member.STORED))));
    }

    /** To a reader from the front the folder ends after two bytes, and a file follows; the directory calls it all the folder's. */
    private static void hideInstallScript(RawZip.Item folder) {
        RawZip.Item script = new RawZip.Item(Parcels.text(Parcels.SCRIPT), EVIL, Member.STORED);
        folder.method = Member.DEFLATED;
        folder.data = new byte[] {3, 0};
        folder.packed = 2;
        folder.withDescriptor();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(folder.data);
        data.writeBytes(folder.after);
        RawZip.local(script, data);
        folder.data = data.toByteArray();
        folder.packed = data.size();
        folder.withDescriptor();
    }

    private static Broken folder(String name, String path, Consumer<RawZip.Item> damage) {
        return Broken.of(
                name,
                Fault.NOT_A_FILE,
                "'" + path + "' is a folder with content, packing, a checksum or a descriptor",
                parcel -> parcel.zip = raw -> damage.accept(raw.add(path, new byte[0], Member.STORED)));
    }
}
