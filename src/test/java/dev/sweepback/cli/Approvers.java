package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that ask for the words of people, on the sandbox. */
final class Approvers {

    static final String PLANNER = "local:1000/olga";
    static final String ANN = "local:1001/ann";
    static final String BOB = "local:1002/bob";
    static final String EVE = "local:1003/eve";

    private Approvers() {}

    /** @param more further lines of the policy */
    static void ask(SandboxHome home, String more) {
        home.write(
                "sweepback.yaml",
                home.settings(1)
                        + "actors: {\"local:1000\": [approver], \"local:1001\": [approver], \"local:1002\": [operator, approver], \"local:1003\": [operator]}\n");
        home.write("policies/production.yaml", SandboxHome.POLICY + more.indent(2));
    }

    /** The plan that a command has refused to carry out, as it is not approved. */
    static String waiting(Terminal.Answer refused) {
        String where = refused.json().path("error").path("where").asString();
        Matcher plan = Pattern.compile("plan (\\w+), .*").matcher(where);
        assertThat(plan.matches()).as(where).isTrue();
        return plan.group(1);
    }

    static String approval(int approvers) {
        return "approval: {required: true, roles: [approver], approvers: " + approvers + ", expiresAfter: 8h}\n";
    }

    static String undo(int approvers) {
        return "undo: {roles: [approver], approvers: " + approvers + ", expiresAfter: 8h}\n";
    }
}
