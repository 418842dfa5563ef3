/** Tests of the Vault connectors, against the twin. */
@org.jspecify.annotations.NullMarked
package dev.sweepback.adapter.vault;
