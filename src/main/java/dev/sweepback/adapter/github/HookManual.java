package dev.sweepback.adapter.github;

import dev.sweepback.connector.Descriptor;
import java.util.List;

/** What the reference says about webhooks. */
final class HookManual {

    /** Whatever the step says. */
    static final List<String> LOST_BESIDES_SECRET = List.of("id", "delivery history");

    static final List<String> LOST = List.of("id", "delivery history", "secret");

    static final Descriptor.Manual MANUAL = new Descriptor.Manual(
            "The webhooks of one repository, or of one organization itself, as far as the token sees them: GitHub hides hooks"
                    + " that OAuth apps made. Not those of GitHub Apps or of a whole enterprise.",
            "Told where GitHub still knows of a delivery that its receiver took: a request for each selected hook. It keeps"
                    + " deliveries for some days only, so none is not disuse; nor is a missing lastStatus. Failed deliveries,"
                    + " pings and redeliveries are no use.",
            "100 a page; deliveries by cursor. The Link header's next page is followed on the connection's origin only.",
            "By the hour for each token, and on the pace of requests; answered with 403 or 429.",
            "No. Between the re-check and the request lie milliseconds, not nothing; what undo creates again is compared"
                    + " with a list that is as old as its batch takes, and GitHub refuses what is there already.",
            List.of(
                    "Repository: a fine-grained token or GitHub App with the repository permission Webhooks, read and write;"
                            + " a classic token with scope admin:repo_hook.",
                    "Organization: a fine-grained token or GitHub App with the organization permission Webhooks, read and"
                            + " write; an owner's classic token with scope admin:org_hook."),
            List.of(
                    "A secret is shown as ******** only: it is never kept, and the config never sent along with a change,"
                            + " as that would take the secret away.",
                    "With secretRef a signed hook is re-created with the secret that it names, an unsigned one without."));

    private HookManual() {}
}
