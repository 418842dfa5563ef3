package dev.sweepback.cli;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.job.Step;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Readers;
import dev.sweepback.sandbox.Comparison;
import dev.sweepback.sandbox.NearMiss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What only looks like a leftover: the sandbox knows why it must stay, the product must come to the same by itself. */
final class DemoNearMisses {

    private final DemoStage stage;
    private final DemoText text;
    private final List<NearMiss> misses;

    DemoNearMisses(DemoStage stage, DemoText text) {
        this.stage = stage;
        this.text = text;
        this.misses = stage.world.scenario.nearMisses();
    }

    void introduce() {
        text.say("   %d look like it and are not:", misses.size());
        misses.forEach(miss -> text.say("     %s: %s", DemoText.shortName(miss.what()), miss.why()));
    }

    /**
     * Says those that the plan itself does not name, by the condition that leaves them out, and holds what the product says of
     * each against what the sandbox knows.
     *
     * @return how many the plan did not name
     */
    int explain(Plan plan, Readers readers) {
        Map<String, String> leftOut = new LinkedHashMap<>();
        int unnamed = 0;
        for (NearMiss miss : misses) {
            Step step = step(miss);
            Explanation explained = Explanation.of(ref(miss, step), stage.job, plan, readers);
            stage.promises.require(
                    explained.verdict().equals(miss.answer())
                            && explained.reason().contains(miss.because())
                            && plan.stopped().isEmpty(),
                    miss.what() + " is left alone because: " + miss.why() + "; the product says: " + explained.verdict()
                            + ", " + explained.reason());
            if (explained.verdict().equals("not selected")) {
                leftOut.merge(step.name(), DemoText.shortName(miss.what()), (some, one) -> some + ", " + one);
                unnamed++;
            }
        }
        leftOut.forEach((step, names) -> text.say("     . not selected by '%s': %s", step, names));
        return unnamed;
    }

    /** Whether the run has left them as they were. */
    void spared(ObjectNode before) {
        List<String> names = misses.stream().map(NearMiss::what).toList();
        Comparison comparison = Comparison.between(before, stage.world.sandbox.dump(), names::contains);
        text.say("     of the %d that looked like leftovers, %d are untouched", names.size(), comparison.exact());
        stage.promises.require(comparison.exact() == names.size(), "what only looked like a leftover is untouched");
    }

    private Step step(NearMiss miss) {
        return stage.job.steps().stream()
                .filter(step -> step.kind().equals(DemoText.kind(miss.what())))
                .findFirst()
                .orElseThrow();
    }

    private static ResourceRef ref(NearMiss miss, Step step) {
        return new ResourceRef(
                step.kind(),
                step.connection(),
                miss.what().substring(miss.what().indexOf(':') + 1));
    }
}
