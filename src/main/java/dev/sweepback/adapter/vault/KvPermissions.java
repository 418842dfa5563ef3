package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Usage;
import java.util.List;

/** What kind {@code kv} needs in a mount of version 2, and nothing that deletes metadata, destroys or reads a value. */
final class KvPermissions {

    private KvPermissions() {}

    static List<Permission> of(Connection connection, Usage.Work work) {
        String path = work.instructions().scope().get(KvReader.PATH).orElse("").replaceAll("^/+|/+$", "");
        String mount = path.replaceFirst("/.*", "");
        String rest = path.substring(mount.length());
        String note = "; version 1 instead: read, list, create, update, delete on " + path + "/*";
        return List.of(
                Permission.of("keys: list the folder", mount + "/metadata" + rest, "list"),
                Permission.of("keys: list and look up" + note, mount + "/metadata" + rest + "/*", "list", "read"),
                Permission.of("keys: delete versions", mount + "/delete" + rest + "/*", "update"),
                Permission.of("undo: undelete versions", mount + "/undelete" + rest + "/*", "update"));
    }
}
