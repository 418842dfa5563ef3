package dev.sweepback.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code sys/leases}. A revoke's status proves nothing: it is 204 for everything but a failing backend. */
final class VaultLeases {

    private final VaultStore store;

    VaultLeases(VaultStore store) {
        this.store = store;
    }

    /** One level; folders end in a slash. */
    TwinResponse list(Call call) {
        String prefix = call.at("prefix").isEmpty() ? "" : call.at("prefix") + "/";
        return VaultAnswers.keys(Level.below(store.leaseIds(), prefix));
    }

    TwinResponse lookup(Call call) {
        VaultLease lease = store.lease(id(call)).orElseThrow(() -> VaultAnswers.error(400, "invalid lease"));
        return VaultAnswers.data(lease.lookup(store.now()));
    }

    TwinResponse revoke(Call call) {
        String id = id(call);
        boolean queued = !Json.flag(call.body(), "sync", true);
        if (queued) {
            store.lease(id).ifPresent(lease -> {
                if (store.failure(lease) == null) {
                    store.drop(lease);
                } else {
                    store.queueFailed(lease);
                }
            });
            return VaultAnswers.accepted();
        }
        store.lease(id).ifPresent(store::revoke);
        return VaultAnswers.done();
    }

    TwinResponse revokePrefix(Call call) {
        List<VaultLease> all = below(call);
        boolean queued = !Json.flag(call.body(), "sync", true);
        for (int i = 0; i < all.size(); i++) {
            VaultLease lease = all.get(i);
            String reason = store.failure(lease);
            if (reason == null) {
                store.drop(lease);
            } else if (queued) {
                store.queueFailed(lease);
            } else {
                throw VaultAnswers.error(
                        400,
                        "failed to revoke \"%s\" (%d / %d): failed to revoke entry: resp: (*logical.Response)(nil) err: %s"
                                .formatted(lease.id, i + 1, all.size(), reason));
            }
        }
        return queued ? VaultAnswers.accepted() : VaultAnswers.done();
    }

    TwinResponse revokeForce(Call call) {
        below(call).forEach(store::drop);
        return VaultAnswers.done();
    }

    TwinResponse renew(Call call) {
        VaultLease lease = store.lease(id(call)).orElseThrow(() -> VaultAnswers.error(400, "lease not found"));
        if (!lease.renewable) {
            throw VaultAnswers.error(400, "lease is not renewable");
        }
        Duration increment = VaultAnswers.duration(call.body().path("increment"), Duration.ofHours(1));
        renew(lease, increment);
        ObjectNode envelope = VaultAnswers.envelope();
        envelope.put("lease_id", lease.id).put("renewable", lease.renewable);
        envelope.put(
                "lease_duration", Duration.between(store.now(), lease.expiresAt).toSeconds());
        return VaultAnswers.plain(200, envelope);
    }

    void renew(VaultLease lease, Duration increment) {
        Instant last = lease.issuedAt.plus(lease.maxTtl);
        Instant wanted = store.now().plus(increment);
        store.extend(lease, wanted.isAfter(last) ? last : wanted);
        lease.renewedAt = store.now();
    }

    private List<VaultLease> below(Call call) {
        return new ArrayList<>(store.leasesBelow(call.at("prefix") + "/"));
    }

    private static String id(Call call) {
        String id = Json.text(call.body(), "lease_id", "");
        if (id.isEmpty()) {
            throw VaultAnswers.error(400, "lease_id must be specified");
        }
        return id;
    }
}
