/**
 * The command line: {@link dev.sweepback.cli.Main}, a class for each command, exit codes, and {@link
 * dev.sweepback.cli.Wiring}, the only place where the parts are put together.
 */
@NullMarked
package dev.sweepback.cli;

import org.jspecify.annotations.NullMarked;
