package dev.sweepback.job;

import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Segments;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a step of a part of a job file, and checks it against settings and connectors. */
final class StepFile {

    private static final String WHERE = "where";

    private final Settings settings;
    private final Catalog catalog;
    private final String environment;
    private final Source source;
    private final Findings findings;

    /** @param environment the environment that the job is for */
    StepFile(Settings settings, Catalog catalog, String environment, Source source, Findings findings) {
        this.settings = settings;
        this.catalog = catalog;
        this.environment = environment;
        this.source = source;
        this.findings = findings;
    }

    /** Empty if it cannot be used; the findings then say why. */
    Optional<Step> read(Values step) {
        Optional<Descriptor> descriptor = connection(step.text("connection"), step.place("connection"), "")
                .flatMap(found -> kind(found, step));
        Handover handover = step.find("handover")
                .map(text -> handover(References.handover(text), step.place("handover")))
                .orElse(Handover.LOCAL);
        Optional<SecretRef> secret = step.find("secretRef").map(text -> secret(text, step));
        Optional<Step.Quarantine> quarantine = quarantine(step);
        if (descriptor.isEmpty()) {
            return Optional.empty();
        }
        action(step, "action", descriptor.get());
        quarantine.flatMap(Step.Quarantine::then).ifPresent(second -> action(step, "then", descriptor.get()));
        chain(step, descriptor.get());
        rest(step, descriptor.get());
        tripwire(step, descriptor.get());
        reissue(step, descriptor.get());
        hasEffect(
                step, "secretRef", descriptor.get(), descriptor.get().stepKeys().contains("secretRef"));
        hasEffect(step, "collateral", descriptor.get(), descriptor.get().takesAlong());
        Values select = step.section("select");
        return Optional.of(new Step(
                step.text("name"),
                step.items("needs").stream().map(Values::scalar).toList(),
                step.text("connection"),
                step.text("kind"),
                select.find(WHERE).flatMap(text -> condition(text, select.contentPlace(WHERE), descriptor.get())),
                step.text("action"),
                quarantine,
                new Instructions(scope(step, select, descriptor.get()), handover, secret, step.has("collateral"))));
    }

    private Optional<Connection> connection(String name, Place place, String type) {
        List<String> known = settings.connections().values().stream()
                .filter(connection -> type.isEmpty() || connection.type().equals(type))
                .map(Connection::name)
                .toList();
        Optional<Connection> found = settings.connection(name).filter(connection -> known.contains(name));
        String noun = type.isEmpty() ? "connection" : "connection of type " + type;
        if (found.isEmpty()) {
            findings.add(
                    place,
                    "there is no " + noun + " '" + Format.shortened(name) + "'",
                    known.isEmpty() ? "a " + noun + " in the settings" : "one of " + String.join(", ", known),
                    Nearest.hint(name, known, "add it to the settings, or correct the name"));
            return found;
        }
        if (!found.get().environment().equals(environment)) {
            findings.add(
                    place,
                    "connection '" + name + "' belongs to environment "
                            + found.get().environment() + ", the job to " + environment,
                    "a connection of environment " + environment,
                    "name another connection, or correct after.environment");
        }
        return found;
    }

    private Optional<Descriptor> kind(Connection connection, Values step) {
        String kind = step.text("kind");
        Optional<Descriptor> found = catalog.get(connection.type(), kind).map(Connector::descriptor);
        if (found.isEmpty()) {
            List<String> known = catalog.ofType(connection.type()).stream()
                    .map(Descriptor::kind)
                    .toList();
            findings.add(
                    step.place("kind"),
                    "connection '" + connection.name() + "' of type " + connection.type() + " has no kind '" + kind
                            + "'",
                    known.size() == 1 ? known.get(0) : "one of " + String.join(", ", known),
                    Nearest.hint(kind, known, "correct kind or connection"));
        }
        return found;
    }

    private void action(Values step, String key, Descriptor descriptor) {
        String name = step.text(key);
        List<String> known =
                descriptor.actions().stream().map(Descriptor.Action::name).toList();
        Optional<Descriptor.Action> action = descriptor.action(name);
        if (action.isEmpty()) {
            findings.add(
                    step.place(key),
                    "kind " + descriptor.kind() + " has no action '" + name + "'",
                    known.size() == 1 ? known.get(0) : "one of " + String.join(", ", known),
                    Nearest.hint(name, known, "correct it"));
        } else if (action.get().reversibility() == Reversibility.NONE) {
            findings.add(
                    step.place(key),
                    "action '" + name + "' cannot be put back, which is not supported yet",
                    "an action that undo can take back",
                    "choose another action");
        }
    }

    private Optional<Step.Quarantine> quarantine(Values step) {
        if (step.has("then") && !step.has("quarantine")) {
            findings.add(
                    step.keyPlace("then"),
                    "'then' stands without 'quarantine'",
                    "both, or 'quarantine' alone",
                    "add 'quarantine', or remove 'then'");
            return Optional.empty();
        }
        if (step.has("then") && step.text("then").equals(step.text("action"))) {
            findings.add(
                    step.place("then"),
                    "'then' is the same as 'action'",
                    "a second action",
                    "remove 'then' and 'quarantine'");
        }
        return step.has("quarantine")
                ? Optional.of(new Step.Quarantine(step.duration("quarantine", Duration.ZERO), step.find("then")))
                : Optional.empty();
    }

    /** A quarantine holds what is disabled, or archived, and not yet removed. */
    private void chain(Values step, Descriptor descriptor) {
        boolean removes = descriptor
                .action(step.text("action"))
                .filter(action -> !action.leaves())
                .isPresent();
        if (removes && step.has("then") && !step.text("then").equals(step.text("action"))) {
            findings.add(
                    step.place("then"),
                    "'then' cannot follow '" + step.text("action") + "', which removes at once",
                    "an action that only disables, then one that removes",
                    "swap 'action' and 'then', or remove 'then' and 'quarantine'");
        }
    }

    /** What must have been disabled for a while is removed out of a quarantine alone. */
    private void rest(Values step, Descriptor descriptor) {
        rest(step, "action", Duration.ZERO, descriptor);
        if (step.has("quarantine")) {
            rest(step, "then", step.duration("quarantine", Duration.ZERO), descriptor);
        }
    }

    private void rest(Values step, String key, Duration disabled, Descriptor descriptor) {
        step.find(key)
                .flatMap(descriptor::action)
                .filter(action -> disabled.compareTo(action.rest()) < 0)
                .ifPresent(action -> findings.add(
                        step.place(key),
                        "'" + action.name() + "' of kind " + descriptor.kind() + " on " + descriptor.system()
                                + " needs that it was disabled for at least "
                                + Durations.print(action.rest()) + " before",
                        "action: disable, quarantine: " + Durations.print(action.rest()) + " or more, then: "
                                + action.name(),
                        "disable it first, and give it a longer quarantine"));
    }

    /** A quarantine that nothing follows is there for the tripwire alone. What is gone at once cannot be held. */
    private void tripwire(Values step, Descriptor descriptor) {
        if (!step.has("quarantine") || step.has("then")) {
            return;
        }
        boolean gone = descriptor
                .action(step.text("action"))
                .filter(action -> !action.leaves())
                .isPresent();
        if (gone) {
            findings.add(
                    step.keyPlace("quarantine"),
                    "'quarantine' cannot hold what '" + step.text("action") + "' removes at once",
                    "an action that only disables or archives, held, then one that removes",
                    "put '" + step.text("action") + "' under 'then', or remove 'quarantine'");
        } else if (!descriptor.tellsUse()) {
            findings.add(
                    step.keyPlace("quarantine"),
                    "'quarantine' without 'then' has no effect on kind " + descriptor.kind() + ": "
                            + descriptor.system() + " does not tell whether it is used",
                    "'quarantine' with 'then'",
                    "add 'then', or remove 'quarantine'");
        }
    }

    private void reissue(Values step, Descriptor descriptor) {
        boolean reissued = Stream.of("action", "then")
                .flatMap(key -> step.find(key).stream())
                .flatMap(name -> descriptor.action(name).stream())
                .anyMatch(action -> action.reversibility() == Reversibility.REISSUE);
        boolean mayBeReissued = reissued || descriptor.stepKeys().contains("handover");
        if (step.has("handover") && !mayBeReissued) {
            findings.add(
                    step.keyPlace("handover"),
                    "'handover' has no effect: kind " + descriptor.kind() + " is never issued again",
                    "a step whose undo issues a credential",
                    "remove it");
        }
    }

    private void hasEffect(Values step, String key, Descriptor descriptor, boolean used) {
        if (step.has(key) && !used) {
            findings.add(
                    step.keyPlace(key),
                    "'" + key + "' has no effect on kind " + descriptor.kind(),
                    "a step of a kind that uses it",
                    "remove it");
        }
    }

    private SecretRef secret(String text, Values step) {
        SecretRef secret = SecretRef.parse(text, source.folder());
        if (secret instanceof SecretRef.Vault vault) {
            connection(vault.connection(), step.place("secretRef"), "vault");
        }
        return secret;
    }

    private Handover handover(Handover handover, Place place) {
        handover.connection().ifPresent(name -> connection(name, place, "vault"));
        return handover;
    }

    private Scope scope(Values step, Values select, Descriptor descriptor) {
        Map<String, String> keys = new LinkedHashMap<>();
        List<String> known =
                descriptor.selectKeys().stream().map(Descriptor.Key::name).toList();
        for (String name : select.names()) {
            if (known.contains(name)) {
                keys.put(name, select.text(name));
                requireStraight(select, name);
            } else if (!name.equals(WHERE)) {
                findings.add(
                        select.keyPlace(name),
                        "kind " + descriptor.kind() + " cannot be selected by '" + name + "'",
                        known.isEmpty() ? WHERE : "one of " + WHERE + ", " + String.join(", ", known),
                        "remove it, or correct the kind");
            }
        }
        for (Descriptor.Key key : descriptor.selectKeys()) {
            if (key.required() && !select.has(key.name())) {
                findings.add(
                        step.keyPlace(step.has("select") ? "select" : "kind"),
                        "kind " + descriptor.kind() + " needs '" + key.name() + "' in 'select'",
                        key.name() + ": " + Format.TEXT.expected(),
                        "add it: " + key.description());
            }
        }
        return new Scope(keys);
    }

    private void requireStraight(Values select, String name) {
        Segments.unusable(select.text(name).replaceAll("^/+|/+$", ""))
                .ifPresent(segment -> findings.add(
                        select.place(name),
                        "'" + name + "' has the part '" + segment + "', which is no place of its own",
                        "a path like database/creds/ROLE",
                        "write the whole path, with neither '.', '..' nor doubled slashes"));
    }

    private Optional<Condition> condition(String text, Place place, Descriptor descriptor) {
        try {
            return Optional.of(Condition.compile(text, descriptor.fields(), place));
        } catch (ConditionException e) {
            findings.add(WrittenAt.place(source, place, text, e.line(), e.column()), e.what(), e.expected(), e.hint());
            return Optional.empty();
        }
    }
}
