/**
 * From a job, its policy and an upgrade to the exact, ordered list of operations: {@link dev.sweepback.plan.Planner} makes a
 * {@link dev.sweepback.plan.Plan}, a value that is carried out at most once. Holds readers only.
 */
@NullMarked
package dev.sweepback.plan;

import org.jspecify.annotations.NullMarked;
