/** Tests of planning on an imitated system. */
@NullMarked
package dev.sweepback.plan;

import org.jspecify.annotations.NullMarked;
