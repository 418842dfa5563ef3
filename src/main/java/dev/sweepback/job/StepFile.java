package dev.sweepback.job;

import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.SecretRef;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a step of a part of a job file, and checks it against settings and connectors. */
final class StepFile {

    private final NamedConnections connections;
    private final Catalog catalog;
    private final StepWords words;
    private final Source source;
    private final Findings findings;
    private final QuarantineChecks quarantines;
    private final StepSelect selects;

    StepFile(NamedConnections connections, Catalog catalog, StepWords words, Source source, Findings findings) {
        this.connections = connections;
        this.catalog = catalog;
        this.words = words;
        this.source = source;
        this.findings = findings;
        this.quarantines = new QuarantineChecks(findings);
        this.selects = new StepSelect(source, findings);
    }

    /** Empty if it cannot be used; the findings then say why. */
    Optional<Step> read(Values step) {
        Optional<Connection> connection = connections.any(step.text("connection"), step.place("connection"));
        if (connection.isEmpty()) {
            words.check(step);
        }
        Optional<Descriptor> descriptor = connection.flatMap(found -> kind(found, step));
        Handover handover = step.find("handover")
                .map(text -> handover(References.handover(text), step.place("handover")))
                .orElse(Handover.LOCAL);
        Optional<SecretRef> secret = step.find("secretRef").map(text -> secret(text, step));
        Optional<Step.Quarantine> quarantine = quarantines.read(step);
        if (descriptor.isEmpty()) {
            return Optional.empty();
        }
        action(step, "action", descriptor.get());
        quarantine.flatMap(Step.Quarantine::then).ifPresent(second -> action(step, "then", descriptor.get()));
        quarantines.check(step, descriptor.get());
        reissue(step, descriptor.get());
        hasEffect(
                step, "secretRef", descriptor.get(), descriptor.get().stepKeys().contains("secretRef"));
        hasEffect(step, "collateral", descriptor.get(), descriptor.get().takesAlong());
        return Optional.of(new Step(
                step.text("name"),
                step.items("needs").stream().map(Values::scalar).toList(),
                step.text("connection"),
                step.text("kind"),
                selects.condition(step, descriptor.get()),
                step.text("action"),
                quarantine,
                new Instructions(selects.scope(step, descriptor.get()), handover, secret, step.has("collateral")),
                isIrreversible(step)));
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
        } else if (action.get().reversibility() == Reversibility.NONE && !isIrreversible(step)) {
            findings.add(
                    step.place(key),
                    "action '" + name + "' cannot be put back, and the step does not say 'irreversible: true'",
                    "an action that undo can take back",
                    "choose another action, or say 'irreversible: true' under a policy with 'reversibility: none'");
        }
    }

    private static boolean isIrreversible(Values step) {
        return step.flag("irreversible", false);
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
        return connections.secret(text, step.place("secretRef"), source);
    }

    private Handover handover(Handover handover, Place place) {
        handover.connection().ifPresent(name -> connections.vault(name, place));
        KeyValuePath.checkHandover(handover.path(), place, findings);
        return handover;
    }
}
