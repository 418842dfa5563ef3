/** Tests of the gate on an imitated system. */
@NullMarked
package dev.sweepback.gate;

import org.jspecify.annotations.NullMarked;
