/** Tests of the files that users write. */
@NullMarked
package dev.sweepback.job;

import org.jspecify.annotations.NullMarked;
