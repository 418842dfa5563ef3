package dev.sweepback.plan;

/** What a plan rests on, each as a digest: if one differs later, the plan is stale. */
public record Basis(String job, String policy, String upgrade, String connections) {

    /** What has changed, in words; empty if nothing has. */
    public String changes(Basis now) {
        StringBuilder changed = new StringBuilder();
        add(changed, "the job file", job.equals(now.job));
        add(changed, "the policy", policy.equals(now.policy));
        add(changed, "the upgrade", upgrade.equals(now.upgrade));
        add(changed, "a connection", connections.equals(now.connections));
        return changed.toString();
    }

    private static void add(StringBuilder changed, String what, boolean same) {
        if (!same) {
            changed.append(changed.length() == 0 ? "" : ", ").append(what);
        }
    }
}
