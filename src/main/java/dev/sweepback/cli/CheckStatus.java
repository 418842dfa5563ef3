package dev.sweepback.cli;

import dev.sweepback.gate.GateState;
import dev.sweepback.gate.Matching;
import dev.sweepback.gate.Question;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.Terms;
import dev.sweepback.upgrade.Upgrade;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What checks say now, each asked once. */
final class CheckStatus {

    private CheckStatus() {}

    /** Of the jobs that nothing but checks keeps from acting, for the newest upgrade that each follows. */
    static void addTo(ObjectNode status, Loaded files, Wiring wiring) {
        ArrayNode checks = status.putArray("checks");
        for (Job job : files.jobs().values()) {
            List<Upgrade> followed = job.checks().isEmpty() ? List.of() : Matching.upgrades(job, wiring.journal());
            if (followed.isEmpty()) {
                continue;
            }
            Terms terms = new Terms(job, files.policyOf(job), followed.get(followed.size() - 1));
            Question question = wiring.question(terms, Purpose.CLEANUP);
            if (wiring.gate().fromRecord(question).isOpen()) {
                for (GateState.Answer answer : wiring.gate().ask(question).ofChecks()) {
                    add(
                            checks.addObject()
                                    .put("job", job.name())
                                    .put("upgrade", terms.upgrade().id().value()),
                            answer);
                }
            }
        }
    }

    /** What one check says, as in the answer of `gate`. */
    static void add(ObjectNode node, GateState.Answer answer) {
        node.put("name", answer.condition())
                .put("state", answer.verdict().word())
                .put("reason", answer.verdict().reason())
                .put("evidence", answer.verdict().evidence());
    }
}
