package dev.sweepback.journal;

/** A second run of the same plan was refused: a plan is carried out at most once. */
public final class PlanAlreadyRun extends JournalException {

    private static final long serialVersionUID = 1;

    private final String plan;

    public PlanAlreadyRun(PlanId plan) {
        super("plan " + plan + " has been run already, and a plan is carried out at most once: make a new plan");
        this.plan = plan.value();
    }

    public PlanId plan() {
        return new PlanId(plan);
    }
}
