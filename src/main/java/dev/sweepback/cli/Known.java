package dev.sweepback.cli;

import dev.sweepback.job.Loaded;
import dev.sweepback.job.Nearest;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.upgrade.Upgrades;
import java.util.Collection;
import java.util.List;

/**
 * Refuses a filter by what neither the journal nor the files know: its empty answer would look as if nothing had happened.
 * What was once recorded is known for good, whatever the files say now.
 */
final class Known {

    private final Loaded files;
    private final Wiring wiring;

    Known(Loaded files, Wiring wiring) {
        this.files = files;
        this.wiring = wiring;
    }

    void job(String name) {
        if (!files.jobs().containsKey(name) && isNew(Query.all().job(name))) {
            throw Jobs.unknown(files, name);
        }
    }

    void kind(String kind) {
        List<String> kinds = wiring.catalog().all().stream()
                .map(connector -> connector.descriptor().kind())
                .distinct()
                .toList();
        if (!kinds.contains(kind) && isNew(Query.all().kind(kind))) {
            throw unknown("kind", kind, kinds, "the kinds are: " + String.join(", ", kinds));
        }
    }

    void connection(String name) {
        Collection<String> names = wiring.settings().connections().keySet();
        if (!names.contains(name) && isNew(Query.all().connection(name))) {
            throw unknown("connection", name, names, "the connections are: " + String.join(", ", names));
        }
    }

    void upgrade(UpgradeId id) {
        if (isNew(Query.all().upgrade(id))) {
            List<String> ids = Upgrades.all(wiring.journal()).stream()
                    .map(upgrade -> upgrade.id().value())
                    .toList();
            throw unknown("upgrade", id.value(), ids, "see them: sweepback upgrade list");
        }
    }

    private boolean isNew(Query query) {
        return wiring.journal().first(query.latest(1)).isEmpty();
    }

    private static Failure unknown(String what, String name, Collection<String> known, String otherwise) {
        return Failures.usage(
                "unknown-" + what,
                "there is no " + what + " '" + name + "', and the journal speaks of none",
                what + " " + name,
                Nearest.hint(name, known, otherwise));
    }
}
