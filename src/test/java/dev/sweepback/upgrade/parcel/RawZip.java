package dev.sweepback.upgrade.parcel;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zip files byte by byte, so that every field can lie. */
final class RawZip {

    /** One entry; the fields are those that are written. */
    static final class Item {
        byte[] name;
        byte[] localName;
        int flags;
        int localFlags;
        int method;
        int dosTime;
        int dosDate = (2026 - 1980) << 9 | 4 << 5 | 30;
        long crc;
        long packed;
        long size;
        long localSize;
        long attributes;
        byte[] extra = {};
        byte[] localExtra = {};
        byte[] comment = {};
        byte[] data;
        byte[] after = {};
        byte[] before = {};
        long headerAt = -1;
        boolean inDirectory = true;

        Item(byte[] name, byte[] content, int method) {
            this.name = name;
            this.localName = name;
            this.method = method;
            this.data = method == 8 ? deflated(content) : content;
            CRC32 sum = new CRC32();
            sum.update(content);
            this.crc = sum.getValue();
            this.packed = data.length;
            this.size = content.length;
            this.localSize = content.length;
        }

        Item unix(int mode) {
            attributes = ((long) mode) << 16;
            return this;
        }

        /** Lengths and checksum follow the content. */
        Item withDescriptor() {
            flags |= 8;
            localFlags |= 8;
            after = little(16)
                    .putInt(0x08074b50)
                    .putInt((int) crc)
                    .putInt((int) packed)
                    .putInt((int) size)
                    .array();
            return this;
        }
    }

    final List<Item> items = new ArrayList<>();
    byte[] prefix = {};
    byte[] gap = {};
    byte[] betweenDirectoryAndEnd = {};
    byte[] comment = {};
    int countedTooMany;

    Item add(String name, byte[] content) {
        return add(name, content, 8);
    }

    Item add(String name, byte[] content, int method) {
        Item item = new Item(name.getBytes(StandardCharsets.UTF_8), content, method);
        if (!name.chars().allMatch(letter -> letter < 128)) {
            item.flags |= 1 << 11;
            item.localFlags |= 1 << 11;
        }
        items.add(item);
        return item;
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        out.writeBytes(prefix);
        int count = countedTooMany;
        for (Item item : items) {
            out.writeBytes(item.before);
            long at = item.headerAt >= 0 ? item.headerAt : out.size();
            if (item.headerAt < 0) {
                local(item, out);
            }
            if (item.inDirectory) {
                central(item, at, directory);
                count++;
            }
        }
        out.writeBytes(gap);
        int begin = out.size();
        out.writeBytes(directory.toByteArray());
        out.writeBytes(betweenDirectoryAndEnd);
        out.writeBytes(little(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) count)
                .putShort((short) count)
                .putInt(directory.size())
                .putInt(begin)
                .putShort((short) comment.length)
                .array());
        out.writeBytes(comment);
        return out.toByteArray();
    }

    static void local(Item item, ByteArrayOutputStream out) {
        boolean later = (item.localFlags & 8) != 0;
        out.writeBytes(little(30)
                .putInt(0x04034b50)
                .putShort((short) 20)
                .putShort((short) item.localFlags)
                .putShort((short) item.method)
                .putShort((short) item.dosTime)
                .putShort((short) item.dosDate)
                .putInt(later ? 0 : (int) item.crc)
                .putInt(later ? 0 : (int) item.packed)
                .putInt(later ? 0 : (int) item.localSize)
                .putShort((short) item.localName.length)
                .putShort((short) item.localExtra.length)
                .array());
        out.writeBytes(item.localName);
        out.writeBytes(item.localExtra);
        out.writeBytes(item.data);
        out.writeBytes(item.after);
    }

    private static void central(Item item, long at, ByteArrayOutputStream directory) {
        directory.writeBytes(little(46)
                .putInt(0x02014b50)
                .putShort((short) (3 << 8 | 20))
                .putShort((short) 20)
                .putShort((short) item.flags)
                .putShort((short) item.method)
                .putShort((short) item.dosTime)
                .putShort((short) item.dosDate)
                .putInt((int) item.crc)
                .putInt((int) item.packed)
                .putInt((int) item.size)
                .putShort((short) item.name.length)
                .putShort((short) item.extra.length)
                .putShort((short) item.comment.length)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt((int) item.attributes)
                .putInt((int) at)
                .array());
        directory.writeBytes(item.name);
        directory.writeBytes(item.extra);
        directory.writeBytes(item.comment);
    }

    static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] chunk = new byte[65536];
        while (!deflater.finished()) {
            out.write(chunk, 0, deflater.deflate(chunk));
        }
        deflater.end();
        return out.toByteArray();
    }
}
