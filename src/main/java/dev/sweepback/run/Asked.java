package dev.sweepback.run;

import dev.sweepback.gate.GateState;

/**
 * What a cleanup is carried out under.
 *
 * @param state what the gate said right before
 */
record Asked(Terms terms, GateState state) {}
