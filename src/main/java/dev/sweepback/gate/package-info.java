/**
 * Decides whether a job may act now: {@link dev.sweepback.gate.Gate} asks its {@link dev.sweepback.gate.GateCondition}s, each
 * open, closed or unknown, which counts as closed. Enabling and pausing are {@link dev.sweepback.gate.Enablement}; what people
 * say to plans is {@link dev.sweepback.gate.Approving}, and whether it is enough {@link dev.sweepback.gate.Approvals}.
 */
@NullMarked
package dev.sweepback.gate;

import org.jspecify.annotations.NullMarked;
