/**
 * The journal in a database: {@link dev.sweepback.store.SqlJournal} on SQLite, with snapshots encrypted by {@link
 * dev.sweepback.store.SnapshotCipher} under the key of a {@link dev.sweepback.store.KeyFile}.
 */
@NullMarked
package dev.sweepback.store;

import org.jspecify.annotations.NullMarked;
