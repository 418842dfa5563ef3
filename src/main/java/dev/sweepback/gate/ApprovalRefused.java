package dev.sweepback.gate;

/** A word about a plan that does not count, and so is not recorded. */
public final class ApprovalRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Kind {
        /** No policy asks for it. */
        NOT_NEEDED,
        /** The settings give this person no role that counts, or it is the one who made the plan. */
        NOT_ALLOWED,
        /** The same person has said so before. */
        TWICE,
        /** A guardrail refuses the plan, whatever people say. */
        REFUSED,
        /** The plan was used or rejected, is too old, or no longer fits. */
        STALE
    }

    private final Kind kind;
    private final String remedy;

    ApprovalRefused(Kind kind, String what, String remedy) {
        super(what);
        this.kind = kind;
        this.remedy = remedy;
    }

    public Kind kind() {
        return kind;
    }

    public String remedy() {
        return remedy;
    }
}
