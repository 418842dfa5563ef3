package dev.sweepback.job;

import dev.sweepback.connector.Reversibility;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Makes actions of parts of a description, and checks that what they promise can be kept. */
final class DescribedActionFile {

    private static final int MOST_REQUESTS = 5;
    private static final Set<Template.From> PRESENT =
            Set.of(Template.From.KEY, Template.From.ID, Template.From.STATE, Template.From.NOW);
    private static final Set<Template.From> ABSENT = Set.of(Template.From.KEY, Template.From.ID, Template.From.STATE);

    private final DescribedRequestFile requests;
    private final Description.Capturing capture;
    private final Findings findings;

    DescribedActionFile(DescribedRequestFile requests, Description.Capturing capture, Findings findings) {
        this.requests = requests;
        this.capture = capture;
        this.findings = findings;
    }

    List<DescribedAction> read(Values actions) {
        if (actions.names().isEmpty()) {
            findings.add(actions.mapping().place(), "there is no action", "at least one", "add one");
        }
        List<DescribedAction> read = new ArrayList<>();
        for (String name : actions.names()) {
            read.add(action(name, actions.keyPlace(name), actions.section(name)));
        }
        return read;
    }

    private DescribedAction action(String name, Place at, Values values) {
        Values verify = values.section("verify");
        boolean gone = verify.flag("gone", false);
        DescribedAction action = new DescribedAction(
                name,
                values.text("sign").equals("remove") ? '-' : '~',
                Reversibility.valueOf(values.text("reversibility").toUpperCase(Locale.ROOT)),
                values.text("description"),
                values.items("lost").stream().map(Values::scalar).toList(),
                requests(values, "apply", PRESENT),
                requests(values, "restore", gone ? ABSENT : PRESENT),
                gone,
                equals(verify.section("equals")),
                Pointers.listed(verify, "touches"),
                values.find("newId"),
                Pointers.listed(values, "match"));
        verify(action, values, verify);
        promise(action, at, values);
        recreation(action, values);
        return action;
    }

    private List<DescribedRequest> requests(Values values, String key, Set<Template.From> allowed) {
        List<Node> items = values.items(key);
        if (items.size() > MOST_REQUESTS) {
            findings.add(
                    values.place(key),
                    "'" + key + "' has " + items.size() + " requests",
                    "at most " + MOST_REQUESTS,
                    "split the action: what takes this many steps cannot be held together");
        }
        List<DescribedRequest> read = new ArrayList<>();
        for (Node item : items) {
            Values request = Values.of(item);
            read.add(requests.acting(request, allowed));
            new SnapshotUse(capture, findings).check(request);
        }
        return read;
    }

    private static Map<String, JsonNode> equals(Values values) {
        Map<String, JsonNode> equals = new LinkedHashMap<>();
        values.names().forEach(pointer -> equals.put(pointer, JsonValues.of(values.node(pointer))));
        return equals;
    }

    private void verify(DescribedAction action, Values values, Values verify) {
        if (action.gone() == !action.equals().isEmpty()) {
            findings.add(
                    values.keyPlace("verify"),
                    action.gone() ? "'verify' says gone, and what the resource looks like" : "'verify' says nothing",
                    "either 'gone: true' or 'equals'",
                    "say how one sees that the action is done: nothing is believed without it");
        }
        if (action.gone() && action.sign() != '-') {
            findings.add(
                    values.place("sign"),
                    "an action after which nothing is left is called disable",
                    "sign: remove",
                    "correct 'sign', or 'verify'");
        }
        for (String pointer : action.equals().keySet()) {
            if (hidden(pointer)) {
                findings.add(
                        verify.section("equals").keyPlace(pointer),
                        pointer + " is 'bookkeeping' or 'masked', and so never looked at",
                        "a pointer into the snapshot",
                        "take it out of there, or verify by another one");
            } else if (pointer.isEmpty() || pointer.contains("*")) {
                findings.add(
                        verify.section("equals").keyPlace(pointer),
                        "'" + pointer + "' does not point at one value",
                        "a pointer such as /enabled",
                        "correct it");
            }
        }
    }

    private boolean hidden(String pointer) {
        return Pointers.covers(capture.bookkeeping(), pointer) || Pointers.covers(capture.masked(), pointer);
    }

    private void promise(DescribedAction action, Place at, Values values) {
        Reversibility reversibility = action.reversibility();
        if (reversibility == Reversibility.NONE && !action.restore().isEmpty()) {
            findings.add(
                    values.keyPlace("restore"),
                    "'restore' has no effect: the reversibility is none",
                    "exact or lossy, or no 'restore'",
                    "say what it brings back");
        }
        if (reversibility != Reversibility.NONE && action.restore().isEmpty()) {
            findings.add(
                    at,
                    "action '" + action.name() + "' is " + reversibility.word() + " and nothing takes it back",
                    "restore: a list of requests",
                    "add 'restore', or let 'reversibility' be none");
        }
        if ((reversibility == Reversibility.LOSSY) == action.lost().isEmpty()) {
            findings.add(
                    values.place(values.has("lost") ? "lost" : "reversibility"),
                    reversibility == Reversibility.LOSSY
                            ? "what a lossy undo loses is not said"
                            : "'lost' has no effect: the reversibility is " + reversibility.word(),
                    "'lost' where the reversibility is lossy, and only there",
                    reversibility == Reversibility.LOSSY ? "add 'lost': plans show it" : "remove it, or say lossy");
        }
    }

    private void recreation(DescribedAction action, Values values) {
        boolean exact = action.reversibility() == Reversibility.EXACT;
        if (action.newId().isPresent() && !action.gone()) {
            findings.add(
                    values.keyPlace("newId"),
                    "'newId' has no effect: the action leaves the resource where it is",
                    "'newId' with 'verify: {gone: true}' alone",
                    "remove it");
        }
        if (action.newId().isPresent() && action.match().isEmpty()) {
            findings.add(
                    values.keyPlace("newId"),
                    "what was re-created could not be found if its answer were lost",
                    "match: JSON pointers of what the system keeps unique",
                    "add 'match', /name for example");
        }
        if (action.newId().isEmpty() && !action.match().isEmpty()) {
            findings.add(
                    values.keyPlace("match"), "'match' has no effect without 'newId'", "both or none", "remove it");
        }
        if (exact && action.newId().isPresent()) {
            findings.add(
                    values.place("reversibility"),
                    "a new id is a loss: whoever refers to the old one no longer finds it",
                    "lossy, with the id among 'lost'",
                    "correct it");
        }
        if (exact && action.gone() && !capture.masked().isEmpty()) {
            findings.add(
                    values.place("reversibility"),
                    "what the system never shows cannot come back: " + String.join(", ", capture.masked()),
                    "lossy, with it among 'lost'",
                    "correct it");
        }
        boolean several = action.gone() && action.restore().size() > 1;
        for (int index = 1; several && index < action.restore().size(); index++) {
            if (action.restore().get(index).sets().isEmpty()) {
                Node item = values.items("restore").get(index);
                findings.add(
                        item.place(),
                        "if only the requests before this one took effect, that could not be told from somebody else's change",
                        "sets: JSON pointers of what this request sets",
                        "add it");
            }
        }
    }
}
