package dev.sweepback.adapter.vault;

import org.jspecify.annotations.Nullable;

/** The accessor of the token that Sweepback itself uses, asked for once. */
final class OwnAccessor {

    private final VaultApi api;
    private @Nullable String known;

    OwnAccessor(VaultApi api) {
        this.api = api;
    }

    synchronized String get() {
        String accessor = known;
        if (accessor == null) {
            accessor = api.ownAccessor();
            known = accessor;
        }
        return accessor;
    }
}
