package dev.sweepback.cli;

import dev.sweepback.adapter.rest.Probe;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.plan.Readers;
import dev.sweepback.plan.UnknownConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What probes made that were killed, or could not take it away. */
final class ProbeLeftovers {

    private ProbeLeftovers() {}

    /** @param probed what may be left, by its name */
    static List<Finding> of(List<ResourceRef> probed, Readers readers) {
        Map<String, List<ResourceRef>> byPlace = new LinkedHashMap<>();
        for (ResourceRef disposable : probed) {
            byPlace.computeIfAbsent(disposable.connection() + " " + disposable.kind(), place -> new ArrayList<>())
                    .add(disposable);
        }
        return byPlace.values().stream()
                .flatMap(all -> at(all, readers).stream())
                .toList();
    }

    /** All of one connection and kind: what keeps them from being looked for is told once. */
    private static List<Finding> at(List<ResourceRef> all, Readers readers) {
        List<Finding> findings = new ArrayList<>();
        for (int index = 0; index < all.size(); index++) {
            ResourceRef disposable = all.get(index);
            try {
                Probe.find(readers.of(disposable.connection(), disposable.kind()), disposable.id())
                        .ifPresent(there -> findings.add(Finding.problem(
                                subject(disposable),
                                made(List.of(disposable)) + "; it is there as " + there,
                                "remove it in the system by hand")));
            } catch (ConnectorException | UnknownConnection e) {
                findings.add(Finding.warning(
                        subject(disposable),
                        made(all.subList(index, all.size())) + "; whether it is still there cannot be told: "
                                + e.getMessage(),
                        "look in the system, and remove it by hand"));
                return findings;
            }
        }
        return findings;
    }

    private static String subject(ResourceRef disposable) {
        return "connection " + disposable.connection();
    }

    private static String made(List<ResourceRef> disposables) {
        List<String> ids = disposables.stream().map(ref -> "'" + ref.id() + "'").toList();
        return "a probe made " + disposables.get(0).kind() + " " + String.join(", ", ids) + " and did not take it away";
    }
}
