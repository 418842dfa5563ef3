package dev.sweepback.upgrade.parcel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What a member of a package may be: a file or folder with a safe path, stored or deflated. */
final class MemberRules {

    private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
    private static final int UTF_8 = 1 << 11;
    private static final int KNOWN_FLAGS = 1 << 1 | 1 << 2 | Member.DESCRIPTOR_FOLLOWS | UTF_8;
    private static final int TYPE_MASK = 0170000;
    private static final int LINK = 0120000;
    private static final int FOLDER = 0040000;
    private static final int REGULAR = 0100000;
    private static final Set<Integer> METHODS = Set.of(Member.STORED, Member.DEFLATED);

    private MemberRules() {}

    static String path(byte[] name, int flags) {
        String path = decoded(name, flags);
        SafePath.complaint(path).ifPresent(complaint -> {
            throw new PackageRefused(
                    Fault.UNSAFE_PATH,
                    "the path of the zip entry " + Shown.quoted(path) + " is not safe: " + complaint,
                    "do not unpack this file; tell its vendor");
        });
        return path;
    }

    private static String decoded(byte[] name, int flags) {
        boolean ascii = true;
        for (byte letter : name) {
            ascii &= letter >= 0;
        }
        try {
            if (ascii || (flags & UTF_8) != 0) {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(name))
                        .toString();
            }
        } catch (CharacterCodingException e) {
            // said below
        }
        throw new PackageRefused(
                Fault.UNSAFE_PATH,
                "the name of the zip entry " + Shown.quoted(new String(name, StandardCharsets.ISO_8859_1))
                        + " is not safe: it is neither ASCII nor marked and written as UTF-8, so programs read it differently",
                "name files in ASCII, or make the package with a program that writes names as UTF-8");
    }

    /** @param attributes the external ones; Unix keeps type and rights in their upper half */
    static void check(Member member, long attributes) {
        if ((member.flags() & ENCRYPTED) != 0) {
            throw new PackageRefused(
                    Fault.ZIP_ENCRYPTED,
                    named(member) + " is encrypted: what cannot be read cannot be verified",
                    "ask the vendor for a package that is not encrypted");
        }
        if ((member.flags() & ~KNOWN_FLAGS) != 0 || !METHODS.contains(member.method())) {
            throw unsupported(member, "uses a way of packing other than stored and deflated");
        }
        if (member.isFolder()) {
            requireNothingIn(member);
        }
        if (member.method() == Member.STORED && member.isFollowedByDescriptor()) {
            throw unsupported(member, "is stored, and its length stands after it, so that its end cannot be told");
        }
        if (member.method() == Member.STORED && member.packed() != member.size()) {
            throw new PackageRefused(
                    Fault.ZIP_AMBIGUOUS,
                    named(member) + " is stored and has two lengths, " + member.packed() + " and " + member.size(),
                    "get the package anew from its vendor");
        }
        type(member, (int) (attributes >>> 16) & TYPE_MASK);
    }

    private static void type(Member member, int type) {
        if (type == LINK) {
            throw notAFile(member, "is a symbolic link");
        }
        if (type != 0 && type != REGULAR && type != FOLDER) {
            throw notAFile(member, "is neither a file nor a folder");
        }
        if ((type == FOLDER && !member.isFolder()) || (type == REGULAR && member.isFolder())) {
            throw notAFile(member, "is a folder by its type or by its name, but not by both");
        }
    }

    /** Nobody unpacks folders, so bytes in one would never be looked at: a reader from the front could find a file in them. */
    private static void requireNothingIn(Member folder) {
        if (folder.method() != Member.STORED
                || folder.isFollowedByDescriptor()
                || folder.packed() != 0
                || folder.size() != 0
                || folder.crc() != 0) {
            throw new PackageRefused(
                    Fault.NOT_A_FILE,
                    named(folder) + " is a folder with content, packing, a checksum or a descriptor",
                    "somebody may have hidden a file in it: do not unpack this package; its vendor can leave folders out (zip -D)");
        }
    }

    private static PackageRefused notAFile(Member member, String what) {
        return new PackageRefused(
                Fault.NOT_A_FILE,
                named(member) + " " + what,
                "a package has plain files and folders only: do not unpack this one, tell its vendor");
    }

    private static PackageRefused unsupported(Member member, String what) {
        return new PackageRefused(
                Fault.ZIP_UNSUPPORTED, named(member) + " " + what, "make the package anew with a plain zip program");
    }

    private static String named(Member member) {
        return "the zip entry " + Shown.quoted(member.path());
    }
}
