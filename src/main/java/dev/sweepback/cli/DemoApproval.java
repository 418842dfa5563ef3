package dev.sweepback.cli;

import dev.sweepback.gate.ApprovalRefused;
import dev.sweepback.gate.Approvals;
import dev.sweepback.gate.Approving;
import dev.sweepback.gate.Roles;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Note;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Plans;
import dev.sweepback.run.Terms;
import java.util.Optional;

/** In beat 3: the plan needs the word of somebody else than who made it. */
final class DemoApproval {

    /** Has the role, by the demo's settings, as who plays it has. */
    static final String COLLEAGUE_UID = LocalActor.uid().equals("1001") ? "1002" : "1001";

    private static final Note COLLEAGUE = new Note(
            new Actor("local:" + COLLEAGUE_UID + "/alex", false),
            Optional.of("looked through, fine"),
            Optional.of("CHG-1234"));

    private final DemoStage stage;
    private final DemoText text;

    DemoApproval(DemoStage stage, DemoText text) {
        this.stage = stage;
        this.text = text;
    }

    void approve(Wiring wiring, Plan plan, Terms terms) {
        Plans.save(wiring.journal(), plan, stage.note);
        Roles roles = wiring.roles();
        Approving approving = new Approving(wiring.journal(), roles, stage.world.clock);
        text.say("     %s", approvals(wiring, plan, terms).text());
        String refusal = "";
        try {
            approve(approving, plan, terms, stage.note);
        } catch (ApprovalRefused e) {
            refusal = String.valueOf(e.getMessage());
        }
        text.say("     who made it tries: %s", refusal.isEmpty() ? "approved" : refusal);
        approve(approving, plan, terms, COLLEAGUE);
        text.say(
                "     %s approves it, \"%s\": it has %d of %d",
                COLLEAGUE.actor().name(),
                COLLEAGUE.reason().orElseThrow(),
                approvals(wiring, plan, terms).words().size(),
                approvals(wiring, plan, terms).wanted().approvers());
        stage.promises.require(!refusal.isEmpty(), "who made the plan cannot approve it");
        stage.promises.require(
                approvals(wiring, plan, terms).isEnough(), "the word of somebody with the role is enough");
    }

    private static void approve(Approving approving, Plan plan, Terms terms, Note note) {
        approving.approve(plan, terms.policy().permits().approval(), unused -> Optional.empty(), note);
    }

    private static Approvals approvals(Wiring wiring, Plan plan, Terms terms) {
        return wiring.approvals(plan, terms).orElseThrow();
    }
}
