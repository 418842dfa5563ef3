/** Tests of the record of upgrades. */
@NullMarked
package dev.sweepback.upgrade;

import org.jspecify.annotations.NullMarked;
