/**
 * The append-only record that everything about runs is derived from: {@link dev.sweepback.journal.Entry}, {@link
 * dev.sweepback.journal.Journal}, and {@link dev.sweepback.journal.Run}, a fold over entries. {@link
 * dev.sweepback.journal.ActingLock} says which process may act.
 */
@NullMarked
package dev.sweepback.journal;

import org.jspecify.annotations.NullMarked;
