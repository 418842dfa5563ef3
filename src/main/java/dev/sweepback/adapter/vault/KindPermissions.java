package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Usage;
import java.util.List;
import java.util.Map;

/** What a step of one kind needs of the connection that it works on. */
@FunctionalInterface
interface KindPermissions {

    /** The kinds of this type; one that is missing here needs nothing that a Vault policy grants. */
    Map<String, KindPermissions> ALL = Map.of(
            Lease.KIND, LeasePermissions::of,
            Token.KIND, TokenPermissions::of,
            SecretId.KIND, SecretIdPermissions::of,
            KvKey.KIND, KvPermissions::of);

    List<Permission> of(Connection connection, Usage.Work work);

    static List<Permission> ofWork(Connection connection, Usage.Work work) {
        KindPermissions kind = ALL.get(work.kind());
        return kind == null ? List.of() : kind.of(connection, work);
    }
}
