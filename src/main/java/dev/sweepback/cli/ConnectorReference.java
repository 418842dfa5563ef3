package dev.sweepback.cli;

import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The reference of all connectors in Markdown, made from what they say of themselves: {@code docs/connectors.md}. */
final class ConnectorReference {

    private static final String INTRODUCTION = """
            # Connectors

            What Sweepback can remove, what undo brings back, and what it needs to be allowed to do. This page is made from the
            code: `sweepback connectors`. Each system has a page that tells how to work with it, in [systems](systems).

            The same for all:

            - A condition (`where`, in CEL) sees `resource` with the fields below and always `id`, `name` and `tracked` (named by
              `upgrade track`), `upgrade` (`id`, `package`, `from`, `to`, `environment`, `startedAt`, `completedAt`, `window.start`,
              `window.end`, `window.buffer`) and `now`. A field that may be missing needs `has(resource.field)`; so do
              `upgrade.startedAt` and `upgrade.completedAt` where a plan is made before they are known. A condition that cannot tell
              stops its step.
            - The whole list is read before anything is done; what cannot be read to its end is an error, never an empty list.
            - Undo compares everything but the book-keeping named here, which a system writes itself.
            - `minIdle` of a policy counts only where the system tells of use. A tripwire works only where use can be seen after the
              action.
            - *Experimental* connectors rest on documentation alone; plans say so.

            Every connection may say:

            | key | |
            |---|---|
            | `url` | its address; `http` for loopback only; required |
            | `environment` | the settings' without it |
            | `concurrency` | requests under way at once, of all runs together: 4 without it |
            | `rate: {perSecond: 20}` | requests in a second at most, evenly spaced |
            | `timeouts: {connect: 5s, response: 15s, whole: 30s}` | to connect, to the first byte of the answer, for the whole exchange |
            | `caFile: tls/ca.pem` | certificates to trust in place of Java's; relative to the settings file |
            | `proxy: {url: "http://proxy:3128", user: name, password: "env:PROXY_PASSWORD"}` | an HTTP proxy to an `https` address; environment variables name none |

            What a system says of its limits (`Retry-After`, rate limit headers) is obeyed without being told.
            """;

    private ConnectorReference() {}

    static String markdown(Catalog catalog) {
        List<String> lines = new ArrayList<>(INTRODUCTION.lines().toList());
        lines.add("");
        overview(lines, catalog);
        for (String type : catalog.types()) {
            type(lines, type, catalog.ofType(type));
        }
        return String.join("\n", lines) + "\n";
    }

    private static void overview(List<String> lines, Catalog catalog) {
        lines.add("| type | kind | actions and what undo can do | tripwire | `select` |");
        lines.add("|---|---|---|---|---|");
        for (String type : catalog.types()) {
            for (Descriptor kind : catalog.ofType(type)) {
                String select = kind.selectKeys().stream()
                        .map(key -> "`" + key.name() + "`" + (key.required() ? " (required)" : ""))
                        .collect(Collectors.joining(", "));
                String actions = kind.actions().stream()
                        .map(action -> "`" + action.name() + "` "
                                + action.reversibility().word())
                        .collect(Collectors.joining(", "));
                lines.add("| `" + type + "` | [`" + kind.kind() + "`](#" + anchor(kind) + ")"
                        + (kind.experimental() ? " experimental" : "") + " | " + actions + " | "
                        + (kind.tellsUse() ? "yes" : "no") + " | " + (select.isEmpty() ? "" : select + ", ")
                        + "`where` |");
            }
        }
    }

    private static void type(List<String> lines, String type, List<Descriptor> kinds) {
        Descriptor first = kinds.get(0);
        lines.addAll(List.of("", "## " + type, ""));
        lines.add(first.system() + ". [How to work with it](systems/" + type + ".md).");
        lines.add("");
        lines.add("| connection key | |");
        lines.add("|---|---|");
        first.connectionKeys().forEach(key -> lines.add("| `" + key.name() + "` | " + key(key) + " |"));
        kinds.forEach(kind -> kind(lines, kind));
    }

    private static String key(Descriptor.Key key) {
        String what = key.description()
                + (key.secret() ? "; a reference to a secret" : "")
                + (key.choice().isEmpty() ? "" : "; exactly one key tells " + key.choice());
        return cell(key.required() ? what + "; required" : what);
    }

    private static void kind(List<String> lines, Descriptor kind) {
        lines.addAll(List.of("", "### " + kind.type() + " " + kind.kind(), ""));
        if (kind.experimental()) {
            lines.addAll(List.of("**Experimental**: rests on documentation alone.", ""));
        }
        Descriptor.Manual manual = kind.manual();
        lines.addAll(List.of(manual.scope(), ""));
        lines.add("| action | in plans | undo | differs after undo, at the most | |");
        lines.add("|---|---|---|---|---|");
        kind.actions()
                .forEach(action -> lines.add("| `" + action.name() + "` | `" + action.sign() + "` | "
                        + action.reversibility().word() + " | " + cell(list(action.lost())) + " | "
                        + cell(action.description()) + " |"));
        lines.add("");
        lines.add("| | |");
        lines.add("|---|---|");
        row(lines, "book-keeping, not compared", list(kind.bookkeeping()));
        row(lines, "use", manual.use());
        row(lines, "use after the action", kind.tellsUse() ? "can be seen: a tripwire works" : "cannot be seen");
        row(lines, "paging", manual.paging());
        row(lines, "limits", manual.limits());
        row(lines, "conditional writes", manual.conditionalWrites());
        row(lines, "batch", batch(kind.batch(), kind.undoBatch()));
        for (Descriptor.Key key : kind.selectKeys()) {
            row(lines, "`select." + key.name() + "`", key.description() + (key.required() ? "; required" : ""));
        }
        if (kind.takesAlong()) {
            row(lines, "what goes along", "may be more than the resource: a step accepts that by `collateral: accept`");
        }
        if (!kind.stepKeys().isEmpty()) {
            row(
                    lines,
                    "keys of the step",
                    code(kind.stepKeys().stream().sorted().toList()));
        }
        manual.permissions().forEach(permission -> row(lines, "permissions", permission));
        manual.notes().forEach(note -> row(lines, "note", note));
        fields(lines, kind.fields());
    }

    private static void fields(List<String> lines, Fields fields) {
        lines.addAll(List.of("", "| field | type | |", "|---|---|---|"));
        fields.list()
                .forEach(field -> lines.add("| `" + field.name() + "` | " + word(field.type()) + " | "
                        + cell(field.description() + (field.optional() ? "; may be missing" : "")) + " |"));
    }

    private static String word(Fields.Type type) {
        return switch (type) {
            case TEXT -> "text";
            case NUMBER -> "number";
            case BOOLEAN -> "Boolean";
            case TIME -> "time";
            case TEXTS -> "list of text";
            case TEXT_MAP -> "map of text";
        };
    }

    private static String batch(int apply, int undo) {
        String most = apply == 1 ? "one at a time" : "up to " + apply;
        return apply == undo ? most : most + "; undo up to " + undo;
    }

    private static void row(List<String> lines, String name, String text) {
        lines.add("| " + name + " | " + cell(text) + " |");
    }

    private static String list(List<String> names) {
        return names.isEmpty() ? "nothing" : code(names);
    }

    private static String code(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String anchor(Descriptor kind) {
        return (kind.type() + "-" + kind.kind()).toLowerCase(Locale.ROOT);
    }
}
