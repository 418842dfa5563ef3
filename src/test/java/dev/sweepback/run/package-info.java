/** Tests of the engine on an imitated system: {@link dev.sweepback.run.World} puts both together. */
@NullMarked
package dev.sweepback.run;

import org.jspecify.annotations.NullMarked;
