package dev.sweepback.cli;

import dev.sweepback.gate.ApprovalsJson;
import dev.sweepback.gate.LivePlans;
import dev.sweepback.gate.LivePlans.Live;
import dev.sweepback.gate.Matching;
import dev.sweepback.job.Approval;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Permits;
import dev.sweepback.job.Policy;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunId;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Planner;
import dev.sweepback.plan.Readers;
import dev.sweepback.plan.UnknownConnection;
import dev.sweepback.upgrade.Upgrade;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The plans that wait for approvals, by the policies as the files are now: the newest of each job and upgrade, and of each run. */
record AwaitingStatus(Loaded files, Wiring wiring) {

    static final String KEY = "awaitingApproval";

    void addTo(ObjectNode status) {
        ArrayNode array = status.putArray(KEY);
        LivePlans plans = new LivePlans(
                wiring.journal(), wiring.roles(), wiring.outside().clock().instant());
        try (Readers readers = wiring.readers()) {
            Planner planner = new Planner(
                    wiring.settings(),
                    readers,
                    wiring.journal(),
                    wiring.outside().clock());
            for (Job job : files.jobs().values()) {
                cleanups(array, job, plans, planner);
                undos(array, job, plans);
            }
        }
    }

    private void cleanups(ArrayNode array, Job job, LivePlans plans, Planner planner) {
        Policy policy = files.policyOf(job);
        Permits permits = policy.permits();
        if (permits.approval().isEmpty()) {
            return;
        }
        for (Upgrade upgrade : Matching.upgrades(job, wiring.journal())) {
            waiting(job, policy, upgrade, permits.approval().get(), plans, planner)
                    .ifPresent(live -> add(array, live));
        }
    }

    private static Optional<Live> waiting(
            Job job, Policy policy, Upgrade upgrade, Approval wanted, LivePlans plans, Planner planner) {
        try {
            return newest(plans.cleanups(job, upgrade.id(), wanted, planner.basis(job, policy, upgrade)));
        } catch (UnknownConnection e) {
            // its plan is stale, and so waits for nobody
            return Optional.empty();
        }
    }

    /** Where one is approved the others wait for nothing. */
    private static Optional<Live> newest(List<Live> live) {
        return live.stream().anyMatch(one -> one.approvals().isEnough())
                ? Optional.empty()
                : live.stream().findFirst();
    }

    private void undos(ArrayNode array, Job job, LivePlans plans) {
        Set<RunId> seen = new HashSet<>();
        files.policyOf(job)
                .permits()
                .undo()
                .ifPresent(wanted -> plans.undosOf(job, wanted).stream()
                        .filter(live ->
                                live.plan().relatesTo().filter(seen::add).isPresent())
                        .filter(live -> !live.approvals().isEnough() && !isUndone(live))
                        .forEach(live -> add(array, live)));
    }

    private boolean isUndone(Live live) {
        return live.plan()
                .relatesTo()
                .flatMap(run -> Run.find(wiring.journal(), run))
                .filter(run -> run.state() == RunState.UNDONE)
                .isPresent();
    }

    private static void add(ArrayNode array, Live live) {
        ObjectNode node = array.addObject()
                .put("planId", live.plan().id().value())
                .put("purpose", live.plan().purpose().word())
                .put("job", live.plan().job());
        live.plan().upgrade().ifPresent(upgrade -> node.put("upgrade", upgrade.value()));
        live.plan().relatesTo().ifPresent(run -> node.put("relatesTo", run.value()));
        node.put("madeAt", live.plan().madeAt().toString())
                .put("expiresAt", live.staleAt().toString())
                .setAll(ApprovalsJson.toJson(live.approvals()));
    }
}
