package dev.sweepback.run;

import dev.sweepback.job.Job;
import dev.sweepback.job.Policy;
import dev.sweepback.upgrade.Upgrade;

/** What a cleanup is carried out under; an undo needs none. */
public record Terms(Job job, Policy policy, Upgrade upgrade) {}
