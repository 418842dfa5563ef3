package dev.sweepback.job;

import java.time.Duration;
import java.util.List;

/**
 * Whose word a plan needs before it is carried out.
 *
 * @param roles any of these counts
 * @param approvers how many different people; from 1; never the one who made the plan
 * @param expiresAfter for how long a word counts
 */
public record Approval(List<String> roles, int approvers, Duration expiresAfter) {

    public Approval {
        roles = List.copyOf(roles);
        if (roles.isEmpty() || approvers < 1 || expiresAfter.isZero() || expiresAfter.isNegative()) {
            throw new IllegalArgumentException("an approval needs a role, an approver and a time for which it counts");
        }
    }
}
