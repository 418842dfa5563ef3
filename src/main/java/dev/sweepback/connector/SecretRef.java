package dev.sweepback.connector;

import java.nio.file.Path;

/** Where a secret is: the reference is no secret itself. */
public sealed interface SecretRef {

    /**
     * Reads a reference that has the right form.
     *
     * @param folder what a relative file is relative to
     */
    static SecretRef parse(String text, Path folder) {
        String rest = text.substring(text.indexOf(':') + 1);
        if (text.startsWith("env:")) {
            return new Environment(rest);
        }
        if (text.startsWith("file:")) {
            return new File(folder.resolve(rest).normalize());
        }
        int slash = rest.indexOf('/');
        int hash = rest.lastIndexOf('#');
        return new Vault(rest.substring(0, slash), rest.substring(slash + 1, hash), rest.substring(hash + 1));
    }

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
