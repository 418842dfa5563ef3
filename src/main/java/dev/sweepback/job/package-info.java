/**
 * The files that users write: jobs, policies, settings. {@link dev.sweepback.job.Workspace#load} reads them all and answers
 * with what is valid and a {@link dev.sweepback.job.Problem} for everything that is not; a {@link dev.sweepback.job.Job} that
 * exists is valid.
 */
@NullMarked
package dev.sweepback.job;

import org.jspecify.annotations.NullMarked;
