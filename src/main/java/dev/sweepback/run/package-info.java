/**
 * Carries plans out: {@link dev.sweepback.run.Runner} in waves, write-ahead, settled by looking; {@link
 * dev.sweepback.run.Recovery} settles what a crash left open; {@link dev.sweepback.run.DuePlanner} plans what a quarantine has
 * held long enough.
 */
@NullMarked
package dev.sweepback.run;

import org.jspecify.annotations.NullMarked;
