package dev.sweepback.adapter.vault;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.ResourceRef;

/**
 * Where a secret-id is. Vault finds an accessor together with its role only, so both are part of the address: {@code
 * approle/dten-migrator/1c84b871-95b1-8207-947e-4b6f976ca939}.
 */
record SecretIdAddress(AppRoleName role, String accessor) {

    /** @throws ConnectorException if the id has another form */
    static SecretIdAddress of(ResourceRef ref) {
        String id = ref.id();
        int accessor = id.lastIndexOf('/');
        int role = id.lastIndexOf('/', accessor - 1);
        if (accessor < 0 || role < 1) {
            throw new ConnectorException(
                    Kind.REJECTED,
                    ref.connection(),
                    "'" + ref + "' is the address of no secret-id",
                    "write secret-id:CONNECTION/MOUNT/ROLE/ACCESSOR");
        }
        return new SecretIdAddress(
                new AppRoleName(id.substring(0, role), id.substring(role + 1, accessor)), id.substring(accessor + 1));
    }

    ResourceRef ref(String connection) {
        return new ResourceRef(SecretId.KIND, connection, role + "/" + accessor);
    }
}
