package dev.sweepback.gate;

import dev.sweepback.job.Job;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.plan.Purpose;
import dev.sweepback.upgrade.Upgrade;
import java.time.Instant;

/** May this job act now for this upgrade? */
public record Question(Job job, Upgrade upgrade, Purpose purpose, JournalReader journal, Instant now) {}
