package dev.sweepback.upgrade.parcel;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A zip file that every reader sees alike, whether it goes by the central directory or by the local headers; nothing is ever
 * extracted. The format is that of PKWARE's APPNOTE.TXT 6.3.10, without Zip64, encryption and several disks.
 */
final class Archive implements Closeable {

    private final FileChannel channel;
    private final Map<String, Member> files;
    private final Set<String> folders;
    private final Unpacking unpacking;

    private Archive(FileChannel channel, Map<String, Member> files, Set<String> folders, Limits limits) {
        this.channel = channel;
        this.files = files;
        this.folders = folders;
        this.unpacking = new Unpacking(channel, limits);
    }

    /**
     * Reads all headers, and no content yet.
     *
     * @throws PackageRefused if it is no zip file, or one that is unsafe
     */
    static Archive open(Path path, Limits limits) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            CentralDirectory directory = CentralDirectory.read(channel, limits);
            Map<String, Member> files = new LinkedHashMap<>();
            Set<String> folders = new LinkedHashSet<>();
            for (Member member : LocalHeaders.located(channel, directory)) {
                if (member.isFolder()) {
                    folders.add(member.path());
                } else {
                    files.put(member.path(), member);
                }
            }
            return new Archive(channel, files, folders, limits);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The paths of the files, without folders. */
    Set<String> paths() {
        return files.keySet();
    }

    /** The paths of the folders, each with a slash at its end. */
    Set<String> folders() {
        return folders;
    }

    Optional<Member> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /**
     * Unpacks one file, within the limits.
     *
     * @param largest more bytes than that are refused
     */
    void read(Member file, long largest, OutputStream out) throws IOException {
        unpacking.read(file, largest, out);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
