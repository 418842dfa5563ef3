package dev.sweepback.cli;

import dev.sweepback.job.Loaded;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.run.RollBack;
import dev.sweepback.run.Watch;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs whose checks are asked on, and upgrades that are being rolled back. */
final class BackOutStatus {

    static final String WATCHED = "watched";
    static final String ROLLING_BACK = "rollingBack";

    private BackOutStatus() {}

    static void addTo(ObjectNode status, Loaded files, JournalReader journal) {
        ArrayNode watched = status.putArray(WATCHED);
        for (Watch watch : Watch.open(journal)) {
            ObjectNode node = watched.addObject()
                    .put("runId", watch.run().id().value())
                    .put("job", watch.run().job());
            watch.run().upgrade().ifPresent(id -> node.put("upgrade", id.value()));
            node.put("until", watch.until().toString());
        }
        ArrayNode rollingBack = status.putArray(ROLLING_BACK);
        RollBack.underWay(journal)
                .forEach(upgrade -> RollBack.of(upgrade, files, journal)
                        .left()
                        .forEach(part -> rollingBack
                                .addObject()
                                .put("upgrade", upgrade.value())
                                .put("runId", part.run().id().value())
                                .put("job", part.run().job())
                                .put("onRollback", part.how().word())
                                .put("command", "sweepback upgrade rollback " + upgrade + " --wait")));
    }

    static void ofNothing(ObjectNode status) {
        status.putArray(WATCHED);
        status.putArray(ROLLING_BACK);
    }
}
