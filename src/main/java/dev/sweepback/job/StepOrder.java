package dev.sweepback.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Orders steps: each after all that it needs, otherwise as in the file. */
final class StepOrder {

    private final Findings findings;
    private final Map<String, Values> steps = new LinkedHashMap<>();
    private final Map<String, List<String>> needs = new LinkedHashMap<>();

    private StepOrder(Findings findings) {
        this.findings = findings;
    }

    static List<Values> of(List<Node> nodes, Findings findings) {
        StepOrder order = new StepOrder(findings);
        nodes.forEach(node -> order.name(Values.of(node)));
        order.steps.forEach(order::needs);
        return order.ordered();
    }

    private void name(Values step) {
        String name = step.text("name");
        if (steps.putIfAbsent(name, step) != null) {
            findings.add(
                    step.place("name"),
                    "there are two steps '" + Format.shortened(name) + "'",
                    "names that are unique in the job",
                    "rename one");
        }
    }

    private void needs(String name, Values step) {
        List<String> known = new ArrayList<>();
        for (Node item : step.items("needs")) {
            String need = Values.scalar(item);
            if (steps.containsKey(need)) {
                known.add(need);
            } else {
                findings.add(
                        item.place(),
                        "there is no step '" + Format.shortened(need) + "'",
                        "one of " + String.join(", ", steps.keySet()),
                        Nearest.hint(need, steps.keySet(), "name a step of this job"));
            }
        }
        needs.put(name, known);
    }

    private List<Values> ordered() {
        List<String> waiting = new ArrayList<>(steps.keySet());
        List<Values> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Optional<String> next = waiting.stream()
                    .filter(name -> needs.getOrDefault(name, List.of()).stream().noneMatch(waiting::contains))
                    .findFirst();
            if (next.isEmpty()) {
                reportCycle(waiting);
                return List.copyOf(steps.values());
            }
            waiting.remove(next.get());
            Optional.ofNullable(steps.get(next.get())).ifPresent(ordered::add);
        }
        return ordered;
    }

    private void reportCycle(List<String> waiting) {
        for (String name : waiting) {
            Optional<String> cycle = Cycles.from(name, needs);
            if (cycle.isPresent()) {
                Values step = steps.getOrDefault(name, steps.values().iterator().next());
                findings.add(
                        step.place("needs"),
                        "the steps need each other: " + cycle.get(),
                        "needs without a cycle",
                        "remove one of them");
                return;
            }
        }
    }
}
