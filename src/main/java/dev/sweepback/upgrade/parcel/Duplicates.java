package dev.sweepback.upgrade.parcel;

import java.util.HashMap;
import java.util.Map;

/** No two members may be the same on any file system, and no file may be a folder to another. */
final class Duplicates {

    private final Map<String, String> known = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();

    void add(Member member) {
        String key = SafePath.key(member.path());
        String other = known.putIfAbsent(key, member.path());
        if (other != null) {
            throw new PackageRefused(
                    Fault.DUPLICATE_PATH,
                    other.equals(member.path())
                            ? "the zip file has two entries " + Shown.quoted(other)
                            : "the zip entries " + Shown.quoted(other) + " and " + Shown.quoted(member.path())
                                    + " are the same file where case or the form of letters does not count",
                    "nobody can tell which one would be installed: do not unpack this file, tell its vendor");
        }
        if (!member.isFolder()) {
            files.put(key, member.path());
        }
    }

    void refuseFilesThatAreFolders() {
        known.forEach((key, path) -> {
            for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
                String file = files.get(key.substring(0, slash));
                if (file != null) {
                    throw new PackageRefused(
                            Fault.DUPLICATE_PATH,
                            "the zip entry " + Shown.quoted(file) + " is a file, and the folder of "
                                    + Shown.quoted(path),
                            "nobody can tell which one would be installed: do not unpack this file, tell its vendor");
                }
            }
        });
    }
}
