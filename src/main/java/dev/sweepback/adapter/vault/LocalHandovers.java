package dev.sweepback.adapter.vault;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.OperationId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** In files under the home folder, {@code handover/OPERATION.json}, which only the user that runs Sweepback may read. */
final class LocalHandovers implements Handovers {

    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;
    private final String connection;

    /** @param connection named in errors */
    LocalHandovers(Path home, String connection) {
        this.folder = home.resolve("handover");
        this.connection = connection;
    }

    @Override
    public Optional<String> leave(Handover handover, OperationId operation, WrappedCredential credential) {
        Path file = file(operation);
        try {
            Files.createDirectories(folder, FOLDER);
            Path draft = Files.createTempFile(folder, ".", ".draft", FILE);
            try {
                write(draft, credential.content(operation).toPrettyString());
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
            return Optional.empty();
        } catch (IOException e) {
            throw failure("the hand-over " + file + " could not be written", e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    @Override
    public Optional<Left> find(Handover handover, OperationId operation) {
        Path file = file(operation);
        try {
            return Left.read(
                    JsonMapper.shared().readTree(Files.readString(file)),
                    operation,
                    "file:" + file.toAbsolutePath().normalize());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            throw failure("the hand-over " + file + " could not be read", e);
        }
    }

    @Override
    public Optional<String> objection(Handover handover) {
        Path place = folder.toAbsolutePath();
        while (place.getParent() != null && !Files.exists(place)) {
            place = place.getParent();
        }
        return Files.isDirectory(place) && Files.isWritable(place)
                ? Optional.empty()
                : Optional.of("nothing can be written to " + place);
    }

    private Path file(OperationId operation) {
        if (!operation.value().matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("'" + operation + "' cannot be the name of a file");
        }
        return folder.resolve(operation.value() + ".json");
    }

    private ConnectorException failure(String what, Exception cause) {
        return new ConnectorException(
                Kind.SECRET,
                connection,
                what + " (" + cause.getClass().getSimpleName() + ")",
                "check the disk and the rights of the home folder, or name a hand-over in the step");
    }
}
