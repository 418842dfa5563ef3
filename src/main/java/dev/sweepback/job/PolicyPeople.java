package dev.sweepback.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a policy says about people: whose word a plan or an undo needs, and what they must type. */
final class PolicyPeople {

    static final String APPROVER = "approver";
    static final String ENVIRONMENT_NAME = "environment-name";
    static final String NOTHING = "none";

    private static final Duration EXPIRES_AFTER = Duration.ofHours(8);

    private PolicyPeople() {}

    static Optional<Approval> approval(Values spec) {
        Values section = spec.section("approval");
        return section.flag("required", false) ? Optional.of(read(section)) : Optional.empty();
    }

    static Optional<Approval> undo(Values spec) {
        return spec.has("undo") ? Optional.of(read(spec.section("undo"))) : Optional.empty();
    }

    static boolean confirmsEnvironment(Values spec, Permits otherwise) {
        return spec.find("confirm").map(ENVIRONMENT_NAME::equals).orElse(otherwise.confirmsEnvironment());
    }

    private static Approval read(Values section) {
        List<String> roles =
                section.items("roles").stream().map(Values::scalar).distinct().toList();
        return new Approval(
                roles.isEmpty() ? List.of(APPROVER) : roles,
                section.number("approvers", 1),
                section.duration("expiresAfter", EXPIRES_AFTER));
    }

    /** Warns where the settings give the roles to fewer people than are needed: nothing could ever be approved. */
    static void check(Node file, Policy policy, Settings settings, Findings findings) {
        Values spec = Values.of(file).section("spec");
        policy.permits().approval().ifPresent(approval -> check(spec, "approval", approval, settings, findings));
        policy.permits().undo().ifPresent(undo -> check(spec, "undo", undo, settings, findings));
    }

    private static void check(Values spec, String key, Approval wanted, Settings settings, Findings findings) {
        long people = settings.actors().values().stream()
                .filter(roles -> roles.stream().anyMatch(wanted.roles()::contains))
                .count();
        if (people < wanted.approvers()) {
            String roles = String.join(" or ", wanted.roles());
            findings.warn(
                    spec.keyPlace(key),
                    "'" + key + "' needs " + Counted.text(wanted.approvers(), "approver") + " with the role " + roles
                            + ", and the settings give it to " + (people == 0 ? "nobody" : people + " only"),
                    "as many people under 'actors' in the settings, besides the one who plans",
                    "add them there: actors: {\"local:1000\": ["
                            + wanted.roles().get(0) + "]}");
        }
    }
}
