package dev.sweepback.upgrade.parcel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The headers right before the content of members. They must tell the same as the central directory, and the members must lie
 * one after the other without gap or overlap: so a reader that goes from the front sees what one sees that goes by the directory.
 */
final class LocalHeaders {

    static final int SIGNATURE = 0x04034b50;
    private static final int LENGTH = 30;
    private static final int DESCRIPTOR_SIGNATURE = 0x08074b50;
    private static final int DESCRIPTOR_LENGTH = 16;

    private LocalHeaders() {}

    /** The members in the order in which they lie, with the place of their content. */
    static List<Member> located(FileChannel channel, CentralDirectory directory) throws IOException {
        List<Member> located = new ArrayList<>();
        long next = 0;
        for (Member member : directory.members().stream()
                .sorted(Comparator.comparingLong(Member::headerAt))
                .toList()) {
            if (member.headerAt() != next) {
                throw ambiguous(
                        member,
                        member.headerAt() < next ? "overlaps with another" : "does not follow the one before it");
            }
            Member found = located(channel, directory, member);
            next = found.dataAt() + found.packed();
            if (member.isFollowedByDescriptor()) {
                checkDescriptor(channel, directory, member, next);
                next += DESCRIPTOR_LENGTH;
            }
            if (next > directory.begin()) {
                throw ambiguous(member, "reaches into the central directory");
            }
            located.add(found);
        }
        if (next != directory.begin()) {
            throw new PackageRefused(
                    Fault.ZIP_AMBIGUOUS,
                    "bytes lie between the last zip entry and the central directory",
                    "somebody may have hidden an entry there: do not unpack this file, tell its vendor");
        }
        return located;
    }

    private static Member located(FileChannel channel, CentralDirectory directory, Member member) throws IOException {
        if (member.headerAt() + LENGTH > directory.begin()) {
            throw ambiguous(member, "has no local header");
        }
        ByteBuffer header = Bytes.read(channel, member.headerAt(), LENGTH);
        if (header.getInt(0) != SIGNATURE) {
            throw ambiguous(member, "has no local header");
        }
        int nameLength = Bytes.number16(header, 26);
        int extraLength = Bytes.number16(header, 28);
        long dataAt = member.headerAt() + LENGTH + nameLength + extraLength;
        if (dataAt > directory.begin()) {
            throw ambiguous(member, "reaches into the central directory");
        }
        ByteBuffer rest = Bytes.read(channel, member.headerAt() + LENGTH, nameLength + extraLength);
        String name = new String(Bytes.copy(rest, 0, nameLength), StandardCharsets.ISO_8859_1);
        if (!name.equals(member.rawName())) {
            throw ambiguous(member, "has another name in its local header");
        }
        ExtraFields.check(member.path(), rest.slice(nameLength, extraLength));
        if (Bytes.number16(header, 6) != member.flags()
                || Bytes.number16(header, 8) != member.method()
                || Bytes.number16(header, 10) != member.dosTime()
                || Bytes.number16(header, 12) != member.dosDate()) {
            throw ambiguous(member, "has other flags, packing or time in its local header");
        }
        checkSizes(member, header);
        return member.dataAt(dataAt);
    }

    private static void checkSizes(Member member, ByteBuffer header) {
        boolean later = member.isFollowedByDescriptor();
        if (!agrees(Bytes.number32(header, 14), member.crc(), later)
                || !agrees(Bytes.number32(header, 18), member.packed(), later)
                || !agrees(Bytes.number32(header, 22), member.size(), later)) {
            throw ambiguous(member, "has another length or checksum in its local header");
        }
    }

    /** Zero stands for "told later" if a descriptor follows. */
    private static boolean agrees(long local, long central, boolean later) {
        return local == central || (later && local == 0);
    }

    private static void checkDescriptor(FileChannel channel, CentralDirectory directory, Member member, long at)
            throws IOException {
        if (at + DESCRIPTOR_LENGTH > directory.begin()) {
            throw ambiguous(member, "has no descriptor after it");
        }
        ByteBuffer descriptor = Bytes.read(channel, at, DESCRIPTOR_LENGTH);
        if (descriptor.getInt(0) != DESCRIPTOR_SIGNATURE
                || Bytes.number32(descriptor, 4) != member.crc()
                || Bytes.number32(descriptor, 8) != member.packed()
                || Bytes.number32(descriptor, 12) != member.size()) {
            throw ambiguous(member, "has another length or checksum in the descriptor after it");
        }
    }

    private static PackageRefused ambiguous(Member member, String what) {
        return new PackageRefused(
                Fault.ZIP_AMBIGUOUS,
                "the zip entry " + Shown.quoted(member.path()) + " " + what + ": programs would read different things",
                "do not unpack this file; get the package anew, and tell its vendor if it is no better");
    }
}
