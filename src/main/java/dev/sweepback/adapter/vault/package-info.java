/**
 * HashiCorp Vault: leases and tokens, both removed by revoking and issued again by undo, and the key/value engine for
 * secrets and hand-overs. Entry types: {@link dev.sweepback.adapter.vault.VaultLeases}, {@link
 * dev.sweepback.adapter.vault.VaultTokens}, {@link dev.sweepback.adapter.vault.KeyValue}.
 */
@NullMarked
package dev.sweepback.adapter.vault;

import org.jspecify.annotations.NullMarked;
