package dev.sweepback.connector;

import java.nio.file.Path;

/** Where a secret is: the reference is no secret itself. */
public sealed interface SecretRef {

    /** {@code env:NAME} */
    record Environment(String name) implements SecretRef {
        @Override
        public String toString() {
            return "env:" + name;
        }
    }

    /** {@code file:PATH}, made absolute against the naming file's folder. */
    record File(Path path) implements SecretRef {
        @Override
        public String toString() {
            return "file:" + path;
        }
    }

    /** {@code vault:CONNECTION/PATH#FIELD} */
    record Vault(String connection, String path, String field) implements SecretRef {
        @Override
        public String toString() {
            return "vault:" + connection + "/" + path + "#" + field;
        }
    }
}
