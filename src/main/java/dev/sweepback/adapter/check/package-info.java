/**
 * What jobs ask the outside world before they act: {@link dev.sweepback.adapter.check.AskedOutside} asks one
 * {@link dev.sweepback.job.Check} once, each kind in a class of its own. Nothing here changes anything.
 */
@NullMarked
package dev.sweepback.adapter.check;

import org.jspecify.annotations.NullMarked;
