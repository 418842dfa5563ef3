package dev.sweepback.cli;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Run;
import dev.sweepback.run.RunJson;
import dev.sweepback.sandbox.Comparison;
import dev.sweepback.sandbox.DtenScenario;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The comparison that the story ends with, by the sandbox's own dumps: everything is as before, or issued again, but the one
 * thing that somebody has changed; that is as they left it; and nothing is new but what issuing again takes.
 */
final class DemoComparison {

    private final DemoStage stage;
    private final ObjectNode before;
    private final ObjectNode meanwhile;
    private final String changed;
    private final List<OperationRecord> reverts;

    /**
     * @param before the dump before the run
     * @param meanwhile the dump after somebody's change and before the undo
     * @param changed what they changed
     */
    DemoComparison(DemoStage stage, ObjectNode before, ObjectNode meanwhile, String changed, Run undo) {
        this.stage = stage;
        this.before = before;
        this.meanwhile = meanwhile;
        this.changed = changed;
        this.reverts = List.copyOf(undo.operations());
    }

    /** Looks at the sandbox as it is now, says what it finds, and requires what was promised. */
    void compare(DemoText text, DemoPromises promises) {
        ObjectNode now = stage.world.sandbox.dump();
        Comparison comparison = Comparison.between(before, now, name -> !name.equals(changed));
        text.say(
                "     the sandbox's own dump, before and after: %d things, %d fields: exact %d, reissued %d, different %d",
                comparison.things(),
                comparison.fields(),
                comparison.exact(),
                comparison.reissued(),
                comparison.different().size());
        comparison
                .different()
                .forEach(difference -> text.say("     different: %s %s", difference.name(), difference.pointers()));
        List<String> unexpected = new ArrayList<>(describe(comparison.added(), now));
        List<String> missing = new ArrayList<>(takenByIssuing());
        for (String one : List.copyOf(unexpected)) {
            if (missing.remove(one)) {
                unexpected.remove(one);
            }
        }
        text.say(
                "     new beside them: %s, to hand over what was issued again; %d of these not expected",
                DemoText.kinds(comparison.added()), unexpected.size());
        promises.require(comparison.different().isEmpty(), "after undo nothing is different but " + changed);
        promises.require(
                comparison.reissued() == reissued().size(), "everything that undo issued again is there, once");
        promises.require(unexpected.isEmpty(), "nothing is new but what issuing again takes, yet: " + unexpected);
        promises.require(missing.isEmpty(), "what was issued again waits to be fetched, yet missing: " + missing);
        promises.require(
                Comparison.between(meanwhile, now, changed::equals).exact() == 1,
                changed + " is as somebody has left it");
    }

    private List<OperationRecord> reissued() {
        return reverts.stream()
                .filter(operation -> RunJson.result(operation).equals("reissued"))
                .toList();
    }

    /** For each credential its hand-over and the token that wraps it, and for a lease the token that it lives under. */
    private List<String> takenByIssuing() {
        List<String> expected = new ArrayList<>();
        for (OperationRecord operation : reissued()) {
            ResourceRef ref = operation.ref();
            boolean lease = ref.kind().equals("lease");
            expected.add("kv:" + handover(ref) + "/" + operation.id());
            expected.add(wrapping(
                    lease
                            ? ref.id().substring(0, ref.id().lastIndexOf('/'))
                            : "auth/token/create/" + DtenScenario.UNDO_TOKEN_ROLE));
            if (lease) {
                expected.add(issuing(operation.id().value()));
            }
        }
        return expected;
    }

    private String handover(ResourceRef ref) {
        return stage.job.steps().stream()
                .filter(step -> step.kind().equals(ref.kind()))
                .findFirst()
                .orElseThrow()
                .handover()
                .path();
    }

    private static List<String> describe(List<String> added, ObjectNode dump) {
        return added.stream().map(name -> describe(name, dump.path(name))).toList();
    }

    private static String describe(String name, JsonNode thing) {
        JsonNode meta = thing.path("meta");
        if (meta.has("sweepback_issues")) {
            return issuing(meta.path("sweepback_op").asString(""));
        }
        JsonNode policies = thing.path("policies");
        return policies.size() == 1 && policies.path(0).asString("").equals("response-wrapping")
                ? wrapping(thing.path("path").asString(""))
                : name;
    }

    private static String issuing(String operation) {
        return "token that operation " + operation + " issued a lease under";
    }

    private static String wrapping(String path) {
        return "wrapping token of " + path;
    }
}
