package dev.sweepback.adapter.launchdarkly;

import dev.sweepback.connector.Descriptor;
import java.util.List;

/** What the reference says about flags. */
final class FlagManual {

    static final Descriptor.Manual MANUAL = new Descriptor.Manual(
            "The flags of one project that are not archived, as far as the token sees them. What is archived is read one by"
                    + " one, by its key.",
            "Not told: the list does not say when a flag was last evaluated, and the status that LaunchDarkly keeps for each"
                    + " environment is not asked.",
            "100 a page, sorted by key, by place; its links are not followed. Each page begins with the last flag of the one"
                    + " before, and a list that changes meanwhile is read anew, at most three times.",
            "By account and by route, for ten seconds each; answered with 429 and a time to wait until.",
            "Yes: archiving and undo are bound to the version that was compared. What somebody changed in between is answered"
                    + " with 409, a conflict, and not tried again.",
            List.of(
                    "An API access token whose role may view the project and its flags, and update their global archived"
                            + " setting (updateGlobalArchived); a writer may. SDK keys are refused."),
            List.of(
                    "Rests on LaunchDarkly's public documentation and was never held against the real system.",
                    "Deleting a flag is final, and so not offered.",
                    "A flag that others have as prerequisite is not known here: LaunchDarkly's own refusal is passed on.",
                    "Archiving stops the flag in all environments of the project: applications get the default in their"
                            + " code."));

    private FlagManual() {}
}
