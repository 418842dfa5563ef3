package dev.sweepback.adapter.vault;

import dev.sweepback.connector.OperationId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The secret-ids that undo issued, found by the reverting operation in their metadata. Vault gives no accessor along with
 * a wrapped secret-id and has no search, so the role's accessors are listed whenever an operation is asked for, and what is
 * new among them is looked up: metadata never changes, so each is looked at once for all operations. One for all readers and
 * writers of a connection.
 */
final class IssuedSecretIds {

    /** Of every secret-id of a role that was listed last and was there: the operation in its metadata, or nothing. */
    private final Map<AppRoleName, Map<String, String>> operations = new HashMap<>();

    /** The role's secret-ids of this operation. */
    synchronized List<SecretIdAddress> of(OperationId operation, AppRoleName role, AppRoleApi api) {
        Map<String, String> known = operations.computeIfAbsent(role, unused -> new HashMap<>());
        List<String> listed = api.accessors(role);
        known.keySet().retainAll(new HashSet<>(listed));
        for (String accessor : listed) {
            if (!known.containsKey(accessor)) {
                api.secretId(new SecretIdAddress(role, accessor))
                        .ifPresent(found -> known.put(accessor, found.metadata().getOrDefault(Token.OPERATION, "")));
            }
        }
        return listed.stream()
                .filter(accessor -> operation.value().equals(known.get(accessor)))
                .map(accessor -> new SecretIdAddress(role, accessor))
                .toList();
    }
}
