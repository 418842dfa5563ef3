package dev.sweepback.cli;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.gate.Enablement;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Quarantine;
import dev.sweepback.plan.Readers;
import dev.sweepback.plan.UnknownConnection;
import dev.sweepback.run.Trip;
import dev.sweepback.run.Tripped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What quarantines hold and whether a tripwire watches it, and what tripwires have put back. */
final class HeldStatus {

    private final JournalReader journal;
    private final Readers readers;
    private final Optional<LastLook> look;
    private final DueNotice notice;

    /** @param readers of which only the descriptions of the connectors are read */
    HeldStatus(JournalReader journal, Readers readers, Optional<LastLook> look, DueNotice notice) {
        this.journal = journal;
        this.readers = readers;
        this.look = look;
        this.notice = notice;
    }

    void addTo(ObjectNode status, Instant now) {
        look.ifPresent(last -> status.put("lastLook", last.at().toString()));
        List<Quarantine.Held> all = Quarantine.held(journal, now);
        held(status.putArray("held"), all, now);
        notice.addTo(status.putArray("due"), all, now);
        tripped(status.putArray("tripped"));
    }

    private void held(ArrayNode array, List<Quarantine.Held> all, Instant now) {
        Map<String, String> notKnown = look.map(LastLook::notKnown).orElse(Map.of());
        for (Quarantine.Held held : all) {
            String resource = held.ref().toString();
            ObjectNode node = array.addObject()
                    .put("resource", resource)
                    .put("name", held.operation().name())
                    .put("runId", held.run().id().value())
                    .put("job", held.run().job())
                    .put("dueAt", held.dueAt().toString())
                    .put("due", held.isDue(now))
                    .put("watched", isWatched(held.ref()));
            held.then().ifPresent(action -> node.put("then", action));
            Optional.ofNullable(notKnown.get(resource)).ifPresent(reason -> node.put("reason", reason));
        }
    }

    private boolean isWatched(ResourceRef ref) {
        try {
            return readers.tellsUse(ref);
        } catch (UnknownConnection e) {
            return false;
        }
    }

    /** Until the job is enabled again: somebody should look why it was taken for a leftover. */
    private void tripped(ArrayNode array) {
        for (Tripped tripped : Tripped.all(journal)) {
            if (!isEnabledSince(tripped.started())) {
                Trip trip = tripped.trip();
                array.addObject()
                        .put("resource", trip.ref().toString())
                        .put("name", trip.name())
                        .put("usedAt", trip.usedAt().toString())
                        .put("job", tripped.started().job().orElse(""))
                        .put("runId", trip.of().value())
                        .put("undo", tripped.undo().value())
                        .put("state", state(tripped))
                        .put("at", tripped.started().time().toString());
            }
        }
    }

    private boolean isEnabledSince(Entry undo) {
        return undo.upgrade()
                .flatMap(upgrade -> Enablement.last(journal, undo.job().orElse(""), upgrade))
                .filter(enabled -> enabled.seq() > undo.seq())
                .isPresent();
    }

    private String state(Tripped tripped) {
        return Run.find(journal, tripped.undo()).orElseThrow().state().word();
    }
}
