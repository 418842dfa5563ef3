package dev.sweepback.job;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The table of keys of a description. */
final class DescriptionShapes {

    static final int LARGEST_PAGE = 10_000;

    private static final Shape LINE = new Shape.Text(Format.LINE);
    private static final Shape POINTER = new Shape.Text(Format.POINTER);
    private static final Shape POINTERS = new Shape.Listing(POINTER, false);
    private static final Shape FLAG = new Shape.Flag();
    private static final Shape STATUSES = new Shape.Listing(new Shape.Count(300, 599), false);
    private static final Shape VALUES = new Shape.Named(Format.POINTER, new Shape.Any());

    private DescriptionShapes() {}

    static Shape.Section file() {
        return Shapes.file(
                "Connector",
                Shape.Key.required(
                        "metadata",
                        section(Shape.Key.required(
                                "name", new Shape.Text(Format.NAME), "connections have the type rest:NAME")),
                        "the name"),
                Shape.Key.required("spec", spec(), "how the system is read, changed and put back"));
    }

    private static Shape.Section spec() {
        return section(
                Shape.Key.required("system", LINE, "the system's name, for people"),
                Shape.Key.required(
                        "resource", new Shape.Text(Format.NAME), "the kind of resource, as jobs and policies name it"),
                Shape.Key.optional(
                        "connection",
                        new Shape.Named(Format.WORD, connectionKey()),
                        "the keys of a connection besides type, url and the other common ones"),
                Shape.Key.optional(
                        "headers",
                        new Shape.Named(Format.HEADER, LINE),
                        "of every request; the only place for secrets, as {key}. One whose optional key is not set is left out"),
                Shape.Key.required("list", list(), "how all resources are listed"),
                Shape.Key.required("id", POINTER, "where a resource has its id"),
                Shape.Key.optional(
                        "name",
                        POINTER,
                        "where an item has what people call it: printed and recorded; the id without it"),
                Shape.Key.optional(
                        "fields", new Shape.Named(Format.WORD, field()), "what conditions see besides id and name"),
                Shape.Key.required("capture", capture(), "how one resource is read"),
                Shape.Key.optional("answers", answers(), "what answers mean"),
                Shape.Key.required("actions", new Shape.Named(Format.NAME, action()), "what can be done"),
                Shape.Key.optional(
                        "probe",
                        probe(),
                        "how a disposable resource is made, to prove the rest; without it nothing is ever changed"));
    }

    private static Shape.Section connectionKey() {
        return section(
                Shape.Key.optional("required", FLAG, "whether a connection must have it; true without it"),
                Shape.Key.optional("secret", FLAG, "whether it refers to a secret; false without it"),
                Shape.Key.required("description", LINE, "what it is"));
    }

    private static Shape.Section list() {
        return request(
                Shape.Key.optional("items", POINTER, "where the answer has the items; the answer itself without it"),
                Shape.Key.optional(
                        "texts",
                        FLAG,
                        "the items are ids, as texts: each is then read by 'capture' to tell its fields"),
                Shape.Key.required("paging", paging(), "how the list is read to its end"));
    }

    private static Shape.Choice paging() {
        Shape.Key total = Shape.Key.optional(
                "total",
                POINTER,
                "where the answer has the number of all items: fewer are an error, never a short list");
        Shape.Key next = Shape.Key.optional(
                "next",
                POINTER,
                "what is null, empty or missing on the last page; without 'next' and 'total' an empty page ends");
        Shape.Key sizeQuery = Shape.Key.optional("sizeQuery", LINE, "the query parameter that asks for a size");
        Shape.Key size =
                Shape.Key.optional("size", new Shape.Count(1, LARGEST_PAGE), "the size asked for; 100 without it");
        return new Shape.Choice(List.of(
                variant("none", total),
                variant("link", total),
                variant(
                        "cursor",
                        Shape.Key.required("query", LINE, "the query parameter that takes the cursor"),
                        Shape.Key.required(
                                "next", POINTER, "where the answer has the next cursor; null or empty at the end"),
                        sizeQuery,
                        size,
                        total),
                variant(
                        "page",
                        Shape.Key.required("query", LINE, "the query parameter that takes the number of the page"),
                        Shape.Key.optional(
                                "first", new Shape.Count(0, 1), "the number of the first page; 1 without it"),
                        sizeQuery,
                        size,
                        next,
                        total),
                variant(
                        "offset",
                        Shape.Key.required("query", LINE, "the query parameter that takes the number of items to skip"),
                        sizeQuery,
                        size,
                        next,
                        total)));
    }

    private static Shape.Variant variant(String type, Shape.Key... keys) {
        List<Shape.Key> all = new ArrayList<>();
        all.add(Shape.Key.required("type", new Shape.Word(List.of(type)), "how pages follow each other"));
        all.addAll(List.of(keys));
        return new Shape.Variant(type, new Shape.Section(all));
    }

    private static Shape.Section field() {
        return section(
                Shape.Key.required("pointer", POINTER, "where an item has it"),
                Shape.Key.required(
                        "type",
                        new Shape.Word(List.of("text", "number", "boolean", "time", "texts")),
                        "what it is; a number is a whole one"),
                Shape.Key.optional(
                        "time",
                        new Shape.Word(List.of("iso", "seconds", "milliseconds")),
                        "how a time is written: ISO 8601 with an offset (the default), or since 1970"),
                Shape.Key.optional(
                        "optional",
                        FLAG,
                        "whether it can be missing or null: conditions then need has(resource.FIELD)"),
                Shape.Key.required("description", LINE, "what it is"),
                Shape.Key.optional("sample", new Shape.Any(), "a value to try conditions on"));
    }

    private static Shape.Section capture() {
        return request(
                Shape.Key.optional("item", POINTER, "where the answer has the resource; the answer itself without it"),
                Shape.Key.optional(
                        "place",
                        request(),
                        "what succeeds if the place is there at all, asked before a resource is called gone; the first page of the list without it"),
                Shape.Key.optional(
                        "bookkeeping",
                        POINTERS,
                        "what the system writes itself: not part of the snapshot and not compared; * stands for any name or index"),
                Shape.Key.optional(
                        "masked",
                        POINTERS,
                        "secrets that the system never shows: never kept, and lost where re-created"));
    }

    private static Shape.Section answers() {
        return section(
                Shape.Key.optional(
                        "gone", STATUSES, "statuses that say that a resource is not there; 404 and 410 without it"),
                Shape.Key.optional("goneWhen", VALUES, "what a resource says that counts as gone, by JSON pointer"),
                Shape.Key.optional(
                        "tryLater", STATUSES, "statuses that ask to come back later; 429 and 503 without it"));
    }

    private static Shape.Section action() {
        return section(
                Shape.Key.required(
                        "sign",
                        new Shape.Word(List.of("disable", "remove")),
                        "disable leaves it there, remove does not"),
                Shape.Key.required("description", LINE, "what it does, and what undo does about it"),
                Shape.Key.required(
                        "reversibility",
                        new Shape.Word(List.of("exact", "lossy", "none")),
                        "what undo brings back; believed only after `doctor --probe`"),
                Shape.Key.optional(
                        "lost",
                        new Shape.Listing(LINE, false),
                        "what a lossy undo does not bring back: JSON pointers, and words for what cannot be seen"),
                Shape.Key.required(
                        "apply", new Shape.Listing(request(), true), "the requests that carry it out, in order"),
                Shape.Key.optional(
                        "restore",
                        new Shape.Listing(request(sets()), true),
                        "the requests that take it back, in order"),
                Shape.Key.required("verify", verify(), "what the resource looks like afterwards"),
                Shape.Key.optional(
                        "newId",
                        POINTER,
                        "where the first restoring request answers with the new id; the old one without it"),
                Shape.Key.optional(
                        "match",
                        POINTERS,
                        "with 'newId': what the system keeps unique, to find what was re-created after a lost answer"));
    }

    private static Shape.Key sets() {
        return Shape.Key.optional(
                "sets",
                POINTERS,
                "what the request sets: needed from the second one on where the first re-creates, so that a restoring that is half done is gone on with");
    }

    private static Shape.Section verify() {
        return section(
                Shape.Key.optional("gone", FLAG, "true: nothing is left"),
                Shape.Key.optional("equals", VALUES, "what is so afterwards, by JSON pointer; the rest is as before"),
                Shape.Key.optional(
                        "touches", POINTERS, "what else changes with it, to something that cannot be told beforehand"));
    }

    private static Shape.Section probe() {
        return section(
                Shape.Key.required("create", request(), "makes a disposable resource named {probe}"),
                Shape.Key.required(
                        "id", LINE, "its id: a JSON pointer into the answer, or a text such as {prefix}/{probe}"),
                Shape.Key.optional(
                        "prepare",
                        new Shape.Listing(request(), true),
                        "brings it into a state that the actions change: in use, switched on"),
                Shape.Key.optional(
                        "change", request(), "changes it as somebody else might, to prove that undo leaves that alone"),
                Shape.Key.required("remove", new Shape.Listing(request(), true), "takes it away again"));
    }

    private static Shape.Section request(Shape.Key... more) {
        List<Shape.Key> keys = new ArrayList<>(List.of(
                Shape.Key.optional(
                        "method", new Shape.Word(List.of("GET", "POST", "PUT", "PATCH", "DELETE")), "GET without it"),
                Shape.Key.required(
                        "path",
                        new Shape.Text(Format.ADDRESS_PATH),
                        "from the connection's url on; a place such as {id} is one whole segment, {id*} a path whose slashes stay"),
                Shape.Key.optional("query", new Shape.Named(Format.LINE, LINE), "query parameters; never a secret"),
                Shape.Key.optional("headers", new Shape.Named(Format.HEADER, LINE), "headers of this request alone"),
                Shape.Key.optional(
                        "body",
                        new Shape.Any(),
                        "JSON; a text in it that is nothing but a place is replaced by the value, {state} by the whole snapshot. A body that is a text is sent as it is, {base64:/POINTER} decoded"),
                Shape.Key.optional("merge", new Shape.Any(), "changed in the body, as RFC 7396 says"),
                Shape.Key.optional(
                        "expect",
                        VALUES,
                        "what the answer must say, by JSON pointer; else it is a refusal, whatever the status"),
                Shape.Key.optional("reads", FLAG, "true: it changes nothing, although its method is not GET")));
        keys.addAll(List.of(more));
        return new Shape.Section(keys);
    }

    private static Shape.Section section(Shape.Key... keys) {
        return new Shape.Section(Stream.of(keys).toList());
    }
}
