package dev.sweepback.plan;

import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.PlanId;
import dev.sweepback.journal.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Plans in the journal: the whole plan as a document, and its counts in the entry. */
public final class Plans {

    private static final int KEPT_PER_REASON = 100;

    private Plans() {}

    public static void save(Journal journal, Plan plan, Note note) {
        Draft draft = note.on(Draft.of(EntryType.PLAN_MADE, note.actor()))
                .plan(plan.id())
                .job(plan.job())
                .data("digest", plan.digest())
                .data("purpose", plan.purpose().word());
        draft = plan.upgrade().map(draft::upgrade).orElse(draft);
        Plan shorter = shortened(plan);
        draft = draft.data("totals", PlanJson.totals(plan))
                .data("populations", populations(plan))
                .document("plan", PlanJson.write(shorter));
        journal.append(draft);
    }

    public static Optional<Plan> find(JournalReader journal, PlanId id) {
        return journal.first(Query.of(EntryType.PLAN_MADE).plan(id))
                .flatMap((Entry entry) -> entry.data("plan"))
                .map(reference -> PlanJson.read(journal.document(reference)));
    }

    /** Whether it can be found, and read. */
    public static boolean isThere(JournalReader journal, PlanId id) {
        try {
            return find(journal, id).isPresent();
        } catch (JournalException lost) {
            return false;
        }
    }

    static ArrayNode populations(Plan plan) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        plan.populations().forEach(count -> array.add(PlanJson.count(count)));
        return array;
    }

    private static Plan shortened(Plan plan) {
        return new Plan(
                plan.id(),
                plan.purpose(),
                plan.job(),
                plan.upgrade(),
                plan.madeAt(),
                plan.basis(),
                plan.operations(),
                firstOfEachReason(plan.kept()),
                firstOfEachReason(plan.blocked()),
                firstOfEachReason(plan.unclear()),
                plan.stopped(),
                plan.populations(),
                plan.refusals(),
                plan.relatesTo(),
                plan.digest());
    }

    private static List<Item> firstOfEachReason(List<Item> items) {
        Map<String, Integer> seen = new HashMap<>();
        List<Item> first = new ArrayList<>();
        for (Item item : items) {
            if (seen.merge(item.step() + " " + item.reason(), 1, Integer::sum) <= KEPT_PER_REASON) {
                first.add(item);
            }
        }
        return first;
    }
}
