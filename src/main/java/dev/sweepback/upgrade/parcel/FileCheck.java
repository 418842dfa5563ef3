package dev.sweepback.upgrade.parcel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether a package has the files that its manifest lists, all of them and no others. */
final class FileCheck {

    private FileCheck() {}

    static void check(Manifest manifest, Archive archive) throws IOException {
        List<String> missing = new ArrayList<>();
        Set<String> unlisted = new TreeSet<>(archive.paths());
        unlisted.removeAll(Set.of(Manifest.PATH, Manifest.SIGNATURE_PATH));
        for (ListedFile file : manifest.files()) {
            if (!unlisted.remove(file.path())) {
                missing.add(file.path());
            }
        }
        if (!missing.isEmpty()) {
            throw new PackageRefused(
                    Fault.FILE_MISSING,
                    "the manifest lists what is not in the package: " + Shown.list(missing),
                    "get the package anew from its vendor");
        }
        if (!unlisted.isEmpty()) {
            throw new PackageRefused(
                    Fault.FILE_UNLISTED,
                    "the package has files that its manifest does not list: " + Shown.list(unlisted),
                    "somebody added them after it was signed, or the vendor forgot them: do not install it");
        }
        requireParents(manifest, archive);
        for (ListedFile file : manifest.files()) {
            check(file, archive.file(file.path()).orElseThrow(), archive);
        }
    }

    /** Folders are not signed: those are believed that signed files make necessary. */
    private static void requireParents(Manifest manifest, Archive archive) {
        Set<String> unlisted = new TreeSet<>(archive.folders());
        for (ListedFile file : manifest.files()) {
            String path = file.path();
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                unlisted.remove(path.substring(0, slash + 1));
            }
        }
        if (!unlisted.isEmpty()) {
            throw new PackageRefused(
                    Fault.FILE_UNLISTED,
                    "the package has folders in which its manifest lists no file: " + Shown.list(unlisted),
                    "somebody added them after it was signed, or the vendor packed empty folders: do not install it");
        }
    }

    private static void check(ListedFile file, Member member, Archive archive) throws IOException {
        String found = Verification.sha256(archive, member);
        // What was unpacked has the length that the header says: else reading it had failed.
        if (member.size() != file.size()) {
            throw new PackageRefused(
                    Fault.FILE_SIZE,
                    "the file " + Shown.quoted(file.path()) + " has " + member.size() + " bytes, the manifest says "
                            + file.size(),
                    "it is not what was signed: do not install this package, get it anew");
        }
        if (!found.equals(file.sha256())) {
            throw new PackageRefused(
                    Fault.FILE_DIGEST,
                    "the file " + Shown.quoted(file.path()) + " has the SHA-256 " + found + ", the manifest says "
                            + file.sha256(),
                    "it is not what was signed: do not install this package, get it anew");
        }
    }
}
