package dev.sweepback.cli;

import dev.sweepback.connector.SecretRef;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Settings;
import dev.sweepback.job.SignalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether others than their owner may read or exchange the files that secrets are in. */
final class SecretFilesCheck {

    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private SecretFilesCheck() {}

    /** The store's own key is refused like that when the store is opened. */
    static List<Finding> of(Loaded files, Settings settings) {
        Stream<SecretRef> connections =
                settings.connections().values().stream().flatMap(connection -> connection.secrets().values().stream());
        Stream<SecretRef> steps = files.jobs().values().stream()
                .map(Job::steps)
                .flatMap(List::stream)
                .flatMap(step -> step.instructions().secretRef().stream());
        SignalSettings signals = settings.server().signals();
        Stream<SecretRef> senders = Stream.of(signals.webhooks(), signals.github(), signals.argocd())
                .flatMap(List::stream);
        return Stream.of(connections, steps, senders)
                .flatMap(references -> references)
                .flatMap(reference ->
                        reference instanceof SecretRef.File file ? Stream.of(file.path()) : Stream.<Path>empty())
                .distinct()
                .flatMap(path -> open(path).stream())
                .toList();
    }

    private static Optional<Finding> open(Path path) {
        try {
            boolean open = path.getFileSystem().supportedFileAttributeViews().contains("posix")
                    && Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
            return open
                    ? Optional.of(Finding.warning(
                            "secret file:" + path,
                            "the file is open to others than its owner",
                            "chmod go-rwx " + SamePlace.quoted(path)))
                    : Optional.empty();
        } catch (IOException e) {
            // resolving it says better what is wrong
            return Optional.empty();
        }
    }
}
