package dev.sweepback.upgrade.parcel;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks members of one zip file into streams, and counts what comes out: no header is believed. */
final class Unpacking {

    private static final int CHUNK = 64 * 1024;

    private final FileChannel channel;
    private final Limits limits;
    private long total;

    Unpacking(FileChannel channel, Limits limits) {
        this.channel = channel;
        this.limits = limits;
    }

    void read(Member member, long largest, OutputStream out) throws IOException {
        Counted counted = new Counted(member, Math.min(largest, limits.fileBytes()), out);
        if (member.method() == Member.STORED) {
            for (long at = 0; at < member.packed(); at += CHUNK) {
                byte[] chunk = packed(member, at);
                counted.write(chunk, chunk.length, at + chunk.length);
            }
        } else {
            inflate(member, counted);
        }
        counted.end();
    }

    private byte[] packed(Member member, long at) throws IOException {
        ByteBuffer chunk = Bytes.read(channel, member.dataAt() + at, (int) Math.min(CHUNK, member.packed() - at));
        return Bytes.copy(chunk, 0, chunk.limit());
    }

    private void inflate(Member member, Counted counted) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            byte[] unpacked = new byte[CHUNK];
            long at = 0;
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    if (at >= member.packed()) {
                        throw damaged(member, "ends too early");
                    }
                    byte[] chunk = packed(member, at);
                    at += chunk.length;
                    inflater.setInput(chunk);
                }
                int length = inflater.inflate(unpacked);
                if (length == 0 && !inflater.finished() && !inflater.needsInput()) {
                    throw damaged(member, "cannot be unpacked");
                }
                counted.write(unpacked, length, inflater.getBytesRead());
            }
            if (inflater.getBytesRead() != member.packed()) {
                throw new PackageRefused(
                        Fault.ZIP_AMBIGUOUS,
                        "bytes lie between the content of the zip entry " + Shown.quoted(member.path())
                                + " and the next one",
                        "somebody may have hidden an entry there: do not unpack this file, tell its vendor");
            }
        } catch (DataFormatException e) {
            throw damaged(member, "cannot be unpacked");
        } finally {
            inflater.end();
        }
    }

    private static PackageRefused damaged(Member member, String what) {
        return new PackageRefused(
                Fault.ZIP_DAMAGED,
                "the content of the zip entry " + Shown.quoted(member.path()) + " " + what,
                "get the package anew from its vendor");
    }

    /** Passes on what came out of one member as long as it keeps the limits. */
    private final class Counted {
        private final Member member;
        private final long largest;
        private final OutputStream out;
        private final CRC32 crc = new CRC32();
        private long size;

        Counted(Member member, long largest, OutputStream out) {
            this.member = member;
            this.largest = largest;
            this.out = out;
        }

        void write(byte[] bytes, int length, long packed) throws IOException {
            size += length;
            total += length;
            if (size > Limits.RATIO_FREE && size / limits.ratio() > packed) {
                throw new PackageRefused(
                        Fault.ZIP_BOMB,
                        "the zip entry " + Shown.quoted(member.path()) + " becomes more than " + limits.ratio()
                                + " times as large when it is unpacked",
                        "this is what a zip bomb looks like: do not unpack it, tell its vendor");
            }
            if (size > largest) {
                throw tooLarge(
                        "the zip entry " + Shown.quoted(member.path()) + " is larger than " + largest + " bytes");
            }
            if (total > limits.totalBytes()) {
                throw tooLarge("the package is larger than " + limits.totalBytes() + " bytes when it is unpacked");
            }
            crc.update(bytes, 0, length);
            out.write(bytes, 0, length);
        }

        void end() {
            if (size != member.size() || crc.getValue() != member.crc()) {
                throw damaged(member, "has another length or checksum than its header says");
            }
        }

        private PackageRefused tooLarge(String what) {
            return new PackageRefused(
                    Fault.TOO_LARGE, what, "do not unpack it; ask its vendor for a package within the limits");
        }
    }
}
