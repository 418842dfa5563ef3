package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ResourceRef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What goes along with tokens that are revoked: children that are no orphans, and every lease that they issued. Vault lists
 * neither, so all accessors and leases are listed before and after and compared. What expired or was revoked by somebody else
 * in between looks the same: it was seen to go along, no more.
 */
final class Collateral {

    /**
     * All that lived at one time.
     *
     * @param unseen folders of leases that may not be listed; the empty text is all of them
     */
    record Living(Set<String> accessors, Set<String> leases, Set<String> unseen) {
        Living {
            accessors = Set.copyOf(accessors);
            leases = Set.copyOf(leases);
            unseen = Set.copyOf(unseen);
        }

        private boolean cannotSee(String lease) {
            return unseen.stream().anyMatch(lease::startsWith);
        }
    }

    private final String connection;
    private final VaultApi api;

    Collateral(String connection, VaultApi api) {
        this.connection = connection;
        this.api = api;
    }

    /** @throws ConnectorException if it cannot be told; leases that may not be listed are left out */
    Living living() {
        Set<String> leases = new HashSet<>();
        Set<String> unseen = new HashSet<>();
        Deque<String> folders = new ArrayDeque<>(List.of(""));
        while (!folders.isEmpty()) {
            String folder = folders.pop();
            Request request = Request.of("LIST", "/v1/sys/leases/lookup/{+}", folder);
            Response response = api.requests().send(request);
            if (VaultErrors.deniesByPolicy(response)) {
                unseen.add(folder);
                continue;
            }
            for (String key : api.requests().keys(request, response)) {
                String path = folder + key;
                if (!path.endsWith("/")) {
                    leases.add(path);
                } else if (!path.equals("auth/")) {
                    // what lies there are the leases of tokens, which are seen by their accessors
                    folders.push(path);
                }
            }
        }
        return new Living(new HashSet<>(api.accessors()), leases, unseen);
    }

    /** Which leases could not be listed, before or after. */
    static Optional<String> unseen(Living before, Living after) {
        Set<String> folders = new TreeSet<>(before.unseen());
        folders.addAll(after.unseen());
        return folders.isEmpty()
                ? Optional.empty()
                : Optional.of("leases below sys/leases/lookup/" + String.join(", sys/leases/lookup/", folders)
                        + " may not be listed");
    }

    /**
     * What was there before and is not any more.
     *
     * @param revoked accessors of the tokens that were to go
     */
    List<ResourceRef> gone(Living before, Living after, Set<String> revoked) {
        Set<ResourceRef> gone = new TreeSet<>((one, other) -> one.toString().compareTo(other.toString()));
        before.accessors().stream()
                .filter(accessor -> !after.accessors().contains(accessor) && !revoked.contains(accessor))
                .forEach(accessor -> gone.add(new ResourceRef(Token.KIND, connection, accessor)));
        before.leases().stream()
                .filter(lease -> !after.leases().contains(lease) && !after.cannotSee(lease))
                .forEach(lease -> gone.add(new ResourceRef(Lease.KIND, connection, lease)));
        return List.copyOf(gone);
    }
}
