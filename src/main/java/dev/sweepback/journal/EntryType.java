package dev.sweepback.journal;

import java.util.Arrays;

/** What an entry records. The word is part of the stored format: never renamed. */
public enum EntryType {
    UPGRADE_SCHEDULED("upgrade.scheduled"),
    UPGRADE_STARTED("upgrade.started"),
    UPGRADE_COMPLETED("upgrade.completed"),
    UPGRADE_FAILED("upgrade.failed"),
    UPGRADE_ROLLING_BACK("upgrade.rolling-back"),
    UPGRADE_ROLLED_BACK("upgrade.rolled-back"),
    UPGRADE_TRACKED("upgrade.tracked"),
    UPGRADE_VERIFIED("upgrade.verified"),
    UPGRADE_REBOOTED("upgrade.rebooted"),
    JOB_ENABLED("job.enabled"),
    JOB_PAUSED("job.paused"),
    RESOURCE_KEPT("resource.kept"),
    PLAN_MADE("plan.made"),
    PLAN_APPROVED("plan.approved"),
    PLAN_REJECTED("plan.rejected"),
    RUN_STARTED("run.started"),
    RUN_WAVE("run.wave"),
    RUN_PAUSED("run.paused"),
    RUN_RESUMED("run.resumed"),
    RUN_FINISHED("run.finished"),
    RUN_WATCHED("run.watched"),
    OPERATION_INTENT("operation.intent"),
    OPERATION_OUTCOME("operation.outcome"),
    OPERATION_SKIPPED("operation.skipped"),
    OPERATION_UNSETTLED("operation.unsettled"),
    CHECK_WAITING("check.waiting"),
    CLOCK_JUMPED("clock.jumped"),
    CONNECTOR_PROBING("connector.probing"),
    CONNECTOR_PROBED("connector.probed"),
    SIGNALS_REFUSED("signals.refused");

    private final String word;

    EntryType(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException for a word that this version does not know */
    public static EntryType of(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown entry type '" + word + "'"));
    }
}
