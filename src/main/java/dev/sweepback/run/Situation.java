package dev.sweepback.run;

import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Run;
import java.time.Clock;
import java.time.Duration;

/**
 * What every operation of a run shares.
 *
 * @param minIdle asked again right before each operation
 */
record Situation(Run run, Actor actor, Journal journal, Systems systems, Clock clock, Duration minIdle) {}
