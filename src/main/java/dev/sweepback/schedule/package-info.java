/**
 * When things happen by themselves: the only place that knows Quartz. {@link dev.sweepback.schedule.Daemon} recovers, then
 * looks once a second at files, journal and clock, and lets its {@link dev.sweepback.schedule.Timetable} carry out what is
 * to be done.
 */
@NullMarked
package dev.sweepback.schedule;

import org.jspecify.annotations.NullMarked;
