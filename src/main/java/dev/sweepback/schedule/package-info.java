/** When things happen by themselves: the only place that knows Quartz. */
@NullMarked
package dev.sweepback.schedule;

import org.jspecify.annotations.NullMarked;
