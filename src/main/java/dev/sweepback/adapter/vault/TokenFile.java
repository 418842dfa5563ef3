package dev.sweepback.adapter.vault;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A token in a file that somebody else renews and writes anew, such as Vault Agent with a sink. It is read again whenever
 * the file changed, or Vault refuses the token; renewing it is the other's business.
 */
final class TokenFile implements LoginMethod {

    private static final Set<PosixFilePermission> EVERYBODY =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private final Path path;
    private final LoginRequests requests;
    private final Secrets secrets;
    private Optional<Stamp> read = Optional.empty();

    /** What tells two states of a file apart without reading it; one that is put in its place has another key. */
    private record Stamp(long modified, long size, String key) {}

    TokenFile(Path path, LoginRequests requests, Secrets secrets) {
        this.path = path;
        this.requests = requests;
        this.secrets = secrets;
    }

    @Override
    public TokenInUse obtain() {
        return requests.lookedUp(content());
    }

    private synchronized Secret content() {
        requirePrivate();
        // before the content: a change in between is then seen at the next request
        Optional<Stamp> stamp = stamp();
        Secret content = secrets.resolve(reference());
        String token = content.reveal().strip();
        if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > 126)) {
            throw ConnectorException.secret(
                    reference(), "the file holds no token", "let the agent write the bare token into it, not wrapped");
        }
        read = stamp;
        return new Secret(token);
    }

    /** A link leads to the rights of the file itself. */
    private void requirePrivate() {
        try {
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")
                    && Files.getPosixFilePermissions(path).stream().anyMatch(EVERYBODY::contains)) {
                throw ConnectorException.secret(
                        reference(),
                        "everybody may read or write the file",
                        "chmod o-rwx " + path + ", and let the agent make it so (mode = 0640 of its sink)");
            }
        } catch (IOException e) {
            // reading it says better what is wrong
        }
    }

    private Optional<Stamp> stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(new Stamp(
                    attributes.lastModifiedTime().toMillis(), attributes.size(), String.valueOf(attributes.fileKey())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A file that is gone for a moment, or for good, does not end the token that was in it. */
    @Override
    public synchronized boolean changed() {
        Optional<Stamp> now = stamp();
        return now.isPresent() && !now.equals(read);
    }

    @Override
    public boolean offersAnother(Secret refused) {
        return !content().reveal().equals(refused.reveal());
    }

    @Override
    public boolean makesTokens() {
        return false;
    }

    @Override
    public boolean renews() {
        return false;
    }

    @Override
    public List<Secret> secretIds() {
        return List.of();
    }

    @Override
    public String remedy() {
        return "see why the agent that writes " + path + " neither renewed the token nor wrote another one";
    }

    private SecretRef reference() {
        return new SecretRef.File(path);
    }
}
