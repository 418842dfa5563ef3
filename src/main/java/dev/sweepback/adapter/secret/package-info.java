/**
 * Resolves references to secrets: {@link dev.sweepback.adapter.secret.ReferencedSecrets}, from the environment, from files
 * and from Vault.
 */
@NullMarked
package dev.sweepback.adapter.secret;

import org.jspecify.annotations.NullMarked;
