/**
 * HashiCorp Vault and OpenBao: leases, tokens and AppRole secret-ids, removed by revoking and issued again by undo; keys of
 * the key/value engine, which also holds secrets and hand-overs. One login serves a connection. Entry types: {@link
 * dev.sweepback.adapter.vault.VaultLeases}, {@link dev.sweepback.adapter.vault.VaultTokens}, {@link
 * dev.sweepback.adapter.vault.VaultSecretIds}, {@link dev.sweepback.adapter.vault.VaultKv}.
 */
@NullMarked
package dev.sweepback.adapter.vault;

import org.jspecify.annotations.NullMarked;
