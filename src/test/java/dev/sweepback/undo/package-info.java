/** Tests of what an undo covers. How it is carried out is tested in {@link dev.sweepback.run}. */
@NullMarked
package dev.sweepback.undo;

import org.jspecify.annotations.NullMarked;
