/**
 * From the journal to a plan of reverts: {@link dev.sweepback.undo.UndoPlanner}. Newest first, through all of Sweepback's
 * operations on a resource; whether a later change stands in the way is looked at by the runner, right before each.
 */
@NullMarked
package dev.sweepback.undo;

import org.jspecify.annotations.NullMarked;
