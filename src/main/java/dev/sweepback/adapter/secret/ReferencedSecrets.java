package dev.sweepback.adapter.secret;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.vault.KeyValue;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Looks a secret up where its reference points, each time it is asked: a rotated secret is seen by whatever is opened next.
 * Nothing is read before it is needed. References that lead in a circle are refused when the settings are loaded.
 */
public final class ReferencedSecrets implements Secrets {

    static final int LARGEST_FILE = 64 * 1024;

    private final HttpClients http;
    private final Map<String, String> environment;
    private final Function<String, Connection> connections;

    /**
     * @param environment the variables that {@code env:NAME} sees
     * @param connections the connection of a name, for {@code vault:CONNECTION/PATH#FIELD}
     */
    public ReferencedSecrets(
            HttpClients http, Map<String, String> environment, Function<String, Connection> connections) {
        this.http = http;
        this.environment = Map.copyOf(environment);
        this.connections = connections;
    }

    @Override
    public Secret resolve(SecretRef reference) {
        if (reference instanceof SecretRef.Environment variable) {
            return fromEnvironment(variable);
        }
        if (reference instanceof SecretRef.File file) {
            return fromFile(file);
        }
        return fromVault((SecretRef.Vault) reference);
    }

    private Secret fromEnvironment(SecretRef.Environment reference) {
        String value = environment.get(reference.name());
        if (value == null) {
            throw ConnectorException.secret(
                    reference,
                    "the variable is not set",
                    "set " + reference.name() + " for the process and start again");
        }
        if (value.isEmpty()) {
            throw ConnectorException.secret(reference, "the variable is empty", "set it to the secret and start again");
        }
        return new Secret(value);
    }

    private static Secret fromFile(SecretRef.File reference) {
        byte[] bytes = read(reference);
        if (bytes.length > LARGEST_FILE) {
            throw ConnectorException.secret(
                    reference,
                    "the file is larger than 64 KiB",
                    "refer to a file that holds the secret and nothing else");
        }
        String text = decode(reference, bytes);
        String value = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        value = value.endsWith("\r") ? value.substring(0, value.length() - 1) : value;
        if (value.isEmpty()) {
            throw ConnectorException.secret(reference, "the file is empty", "write the secret into it");
        }
        return new Secret(value);
    }

    private static byte[] read(SecretRef.File reference) {
        Path path = reference.path();
        try (InputStream content = Files.newInputStream(path)) {
            return content.readNBytes(LARGEST_FILE + 1);
        } catch (NoSuchFileException e) {
            throw ConnectorException.secret(
                    reference,
                    "there is no such file",
                    "create it, or correct the reference; a relative path starts at"
                            + " the folder of the file that names it");
        } catch (AccessDeniedException e) {
            throw ConnectorException.secret(
                    reference, "the file may not be read", "let the user that runs Sweepback read it, and nobody else");
        } catch (IOException e) {
            throw ConnectorException.secret(
                    reference,
                    "the file could not be read (" + e.getClass().getSimpleName() + ")",
                    "check that it is a regular file on a working disk");
        }
    }

    private static String decode(SecretRef.File reference, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ConnectorException.secret(
                    reference, "the file is not text in UTF-8", "store the secret as plain text");
        }
    }

    private Secret fromVault(SecretRef.Vault reference) {
        KeyValue store = KeyValue.reading(connections.apply(reference.connection()), http, this);
        JsonNode content;
        try {
            content = store.read(reference.path())
                    .orElseThrow(() -> ConnectorException.secret(
                            reference, "there is nothing at this path", "write the secret, or correct the path"));
        } catch (ConnectorException e) {
            throw ConnectorException.secret(reference, e);
        }
        JsonNode field = content.path(reference.field());
        if (!field.isString() || field.asString().isEmpty()) {
            throw ConnectorException.secret(
                    reference,
                    "the secret there has no text field '" + reference.field() + "'",
                    "correct the field's name");
        }
        return new Secret(field.asString());
    }
}
