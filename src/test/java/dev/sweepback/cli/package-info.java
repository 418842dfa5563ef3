/** Tests of the whole program on the sandbox. */
@NullMarked
package dev.sweepback.cli;

import org.jspecify.annotations.NullMarked;
