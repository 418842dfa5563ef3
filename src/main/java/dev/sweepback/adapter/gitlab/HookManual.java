package dev.sweepback.adapter.gitlab;

import dev.sweepback.connector.Descriptor;
import java.util.List;

/** What the reference says about webhooks. */
final class HookManual {

    static final String TOKEN = "token";
    static final String URL_VARIABLES = "url variables";
    static final String CUSTOM_HEADERS = "custom headers";
    static final List<String> LOST_BY_REMOVAL = List.of("id", "recent events");

    static final Descriptor.Manual MANUAL = new Descriptor.Manual(
            "The webhooks of one project, or of one group itself. Not those of the projects in a group, nor the system hooks of"
                    + " a server.",
            "Not told: what GitLab keeps of a hook's events for seven days is not asked.",
            "100 a page, by X-Next-Page until there is none; the number that X-Total tells must have been read.",
            "By the server's settings, told by RateLimit headers; answered with 429.",
            "No. A hook is compared right before it is changed; between the two lie milliseconds, not nothing."
                    + " What undo creates again is compared with a list that is as old as its batch takes.",
            List.of(
                    "Project: a token with scope api of a Maintainer of the project, or an access token of the project with that"
                            + " role.",
                    "Group: a token with scope api of an Owner of the group, or an access token of the group with that role."
                            + " Group hooks need GitLab Premium."),
            List.of(
                    "Rests on GitLab's public documentation and was never held against a real server.",
                    "There is no switch: disabling sets every event off, and undo sets those on that were on.",
                    "A change must name the address, and a changed address takes the token away; so it is sent as it was read. That"
                            + " the token, url variables and headers then stay is not proven here, and GitLab does not tell"
                            + " whether there is a token: so disabling is lossy too, and names what could differ.",
                    "A hook with url variables cannot be created again, as their values are not told: it is not removed.",
                    "With secretRef every hook of the step is re-created with the token that it names: GitLab does not tell which"
                            + " had one."));

    private HookManual() {}
}
