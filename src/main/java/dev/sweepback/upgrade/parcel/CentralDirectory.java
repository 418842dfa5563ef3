package dev.sweepback.upgrade.parcel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands at the end of a zip file: its end record, alone and without a comment, and right before it one header for each
 * member.
 *
 * @param begin where it begins; the members end there
 */
record CentralDirectory(long begin, List<Member> members) {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
    private static final int ZIP64_LOCATOR_LENGTH = 20;
    private static final int HEADER_SIGNATURE = 0x02014b50;
    private static final int HEADER_LENGTH = 46;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int NONE_16 = 0xffff;
    private static final long NONE_32 = 0xffffffffL;

    CentralDirectory {
        members = List.copyOf(members);
    }

    static CentralDirectory read(FileChannel channel, Limits limits) throws IOException {
        long size = channel.size();
        if (size < END_LENGTH) {
            throw notAZip();
        }
        ByteBuffer end = Bytes.read(channel, size - END_LENGTH, END_LENGTH);
        if (end.getInt(0) != END_SIGNATURE || end.getShort(20) != 0) {
            throw noEnd(channel);
        }
        int count = Bytes.number16(end, 10);
        long length = Bytes.number32(end, 12);
        long begin = Bytes.number32(end, 16);
        if (end.getInt(4) != 0 || Bytes.number16(end, 8) != count) {
            throw unsupported("it is a part of a zip file of several disks");
        }
        if (count == NONE_16 || length == NONE_32 || begin == NONE_32) {
            throw unsupported("it is a Zip64 file");
        }
        if (begin + length != size - END_LENGTH) {
            throw new PackageRefused(
                    Fault.ZIP_AMBIGUOUS,
                    "the zip file's central directory does not end where its end record begins: something stands before, between or after them",
                    "make it anew with a plain zip program, without a program in front of it, comment or padding");
        }
        if (length > Limits.LARGEST_DIRECTORY) {
            throw tooMany("has a directory larger than " + (Limits.LARGEST_DIRECTORY >> 20) + " MiB");
        }
        List<Member> members = members(Bytes.read(channel, begin, (int) length), limits);
        if (members.size() != count) {
            throw new PackageRefused(
                    Fault.ZIP_AMBIGUOUS,
                    "the zip file's end record counts " + count + " entries, its central directory has "
                            + members.size(),
                    "get the package anew from its vendor");
        }
        return new CentralDirectory(begin, members);
    }

    private static List<Member> members(ByteBuffer bytes, Limits limits) {
        refuseLocator(bytes);
        List<Member> members = new ArrayList<>();
        Duplicates duplicates = new Duplicates();
        while (bytes.hasRemaining()) {
            if (members.size() == limits.members()) {
                throw tooMany("has more than " + limits.members() + " entries");
            }
            Member member = member(bytes);
            duplicates.add(member);
            members.add(member);
        }
        duplicates.refuseFilesThatAreFolders();
        return members;
    }

    private static Member member(ByteBuffer bytes) {
        int at = bytes.position();
        if (bytes.remaining() < HEADER_LENGTH || bytes.getInt(at) != HEADER_SIGNATURE) {
            throw damaged();
        }
        int nameLength = Bytes.number16(bytes, at + 28);
        int extraLength = Bytes.number16(bytes, at + 30);
        if (bytes.remaining() < HEADER_LENGTH + nameLength + extraLength) {
            throw damaged();
        }
        byte[] name = Bytes.copy(bytes, at + HEADER_LENGTH, nameLength);
        int flags = Bytes.number16(bytes, at + 8);
        Member member = new Member(
                MemberRules.path(name, flags),
                new String(name, StandardCharsets.ISO_8859_1),
                flags,
                Bytes.number16(bytes, at + 10),
                Bytes.number16(bytes, at + 12),
                Bytes.number16(bytes, at + 14),
                Bytes.number32(bytes, at + 16),
                Bytes.number32(bytes, at + 20),
                Bytes.number32(bytes, at + 24),
                Bytes.number32(bytes, at + 42),
                -1);
        MemberRules.check(member, Bytes.number32(bytes, at + 38));
        ExtraFields.check(member.path(), bytes.slice(at + HEADER_LENGTH + nameLength, extraLength));
        if (Bytes.number16(bytes, at + 32) != 0 || Bytes.number16(bytes, at + 34) != 0) {
            throw new PackageRefused(
                    Fault.ZIP_UNSUPPORTED,
                    "the zip entry " + Shown.quoted(member.path()) + " has a comment or lies on another disk",
                    "make the package anew with a plain zip program");
        }
        bytes.position(at + HEADER_LENGTH + nameLength + extraLength);
        return member;
    }

    /** Some readers take these bytes for the way to another directory, whatever the end record says. */
    private static void refuseLocator(ByteBuffer bytes) {
        int at = bytes.limit() - ZIP64_LOCATOR_LENGTH;
        if (at >= 0 && bytes.getInt(at) == ZIP64_LOCATOR_SIGNATURE) {
            throw unsupported("it has a Zip64 locator");
        }
    }

    private static PackageRefused notAZip() {
        return new PackageRefused(
                Fault.NOT_A_ZIP, "this is no zip file", "name the package as its vendor delivered it");
    }

    private static PackageRefused noEnd(FileChannel channel) throws IOException {
        int length = (int) Math.min(channel.size(), END_LENGTH + LONGEST_COMMENT);
        ByteBuffer last = Bytes.read(channel, channel.size() - length, length);
        for (int at = length - END_LENGTH; at >= 0; at--) {
            if (last.getInt(at) == END_SIGNATURE) {
                return new PackageRefused(
                        Fault.ZIP_AMBIGUOUS,
                        "the zip file has a comment, or bytes after its end: programs may take them for another end",
                        "make it anew with a plain zip program, without a comment");
            }
        }
        return Bytes.read(channel, 0, 4).getInt(0) == LocalHeaders.SIGNATURE
                ? new PackageRefused(
                        Fault.ZIP_DAMAGED,
                        "the zip file is cut off: it does not end with an end record",
                        "compare its size with the vendor's, and get it anew")
                : notAZip();
    }

    private static PackageRefused damaged() {
        return new PackageRefused(
                Fault.ZIP_DAMAGED,
                "the zip file's central directory is damaged",
                "get the package anew from its vendor");
    }

    private static PackageRefused tooMany(String what) {
        return new PackageRefused(
                Fault.TOO_MANY_FILES,
                "the zip file " + what,
                "a package is no archive of everything: ask its vendor for a smaller one");
    }

    private static PackageRefused unsupported(String what) {
        return new PackageRefused(
                Fault.ZIP_UNSUPPORTED,
                "the zip file cannot be read safely: " + what,
                "make it anew as a plain zip file below 4 GiB");
    }
}
