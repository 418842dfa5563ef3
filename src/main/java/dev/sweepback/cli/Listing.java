package dev.sweepback.cli;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An array as JSON or YAML, printed one element at a time: it may be larger than memory. */
final class Listing {

    private final Console console;
    private boolean begun;

    Listing(Console console) {
        this.console = console;
    }

    void add(ObjectNode element) {
        if (console.format() == Console.Format.YAML) {
            console.raw(Console.yaml(JsonMapper.shared().createArrayNode().add(element)));
        } else {
            console.raw((begun ? ",\n  " : "[\n  ") + element);
        }
        begun = true;
    }

    /** To be called only if all went well: half an array must not look like a whole one. */
    void end() {
        if (console.format() == Console.Format.YAML) {
            console.raw(begun ? "" : "[]\n");
        } else {
            console.raw(begun ? "\n]\n" : "[]\n");
        }
    }
}
