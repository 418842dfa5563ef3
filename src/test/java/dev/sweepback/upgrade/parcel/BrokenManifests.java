package dev.sweepback.upgrade.parcel;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Packages whose manifest is wrong, or does not fit to the files; all of them are signed well. */
final class BrokenManifests {

    private BrokenManifests() {}

    static List<Broken> all() {
        return List.of(
                Broken.of(
                        "no manifest",
                        Fault.NO_MANIFEST,
                        "there is no manifest.json in the package",
                        parcel -> parcel.zip = raw -> raw.items.remove(0)),
                manifest(
                        "unknown key",
                        "the manifest has an unknown key 'rebot': did you mean 'reboot'?",
                        node -> node.put("rebot", "none")),
                manifest("missing key", "lacks the key 'reboot'", node -> node.remove("reboot")),
                manifest(
                        "wrong word",
                        "/reboot is 'require': did you mean 'required'?",
                        node -> node.put("reboot", "require")),
                manifest(
                        "another version of the format",
                        "/apiVersion is 'sweepback/v2'",
                        node -> node.put("apiVersion", "sweepback/v2")),
                manifest("another kind", "/kind is 'Job'", node -> node.put("kind", "Job")),
                manifest(
                        "text for a number",
                        "/files/0/size is no whole number",
                        node -> first(node).put("size", "24")),
                manifest(
                        "negative size",
                        "/files/1/size is no whole number",
                        node -> ((ObjectNode) node.path("files").get(1)).put("size", -1)),
                manifest("number for text", "/version is no text", node -> node.put("version", 2)),
                manifest(
                        "digest in capitals",
                        "/files/0/sha256 is 'AB",
                        node -> first(node).put("sha256", "AB".repeat(32))),
                manifest("no file", "/files has 0 items", node -> node.putArray("files")),
                manifest("no time", "/date is 'yesterday'", node -> node.put("date", "yesterday")),
                manifest(
                        "no such day",
                        "/date is '2026-02-30T00:00:00Z', which is no time",
                        node -> node.put("date", "2026-02-30T00:00:00Z")),
                manifest("duration without a unit", "/downtime is '30'", node -> node.put("downtime", "30")),
                manifest(
                        "endless duration",
                        "/downtime: '999999999d' is longer than a hundred years",
                        node -> node.put("downtime", "999999999d")),
                manifest(
                        "unknown kind of temporary things",
                        "/temporary has an unknown key 'flag': did you mean 'flags'?",
                        node -> ((ObjectNode) node.path("temporary")).putArray("flag")),
                manifest(
                        "resource with its kind",
                        "/temporary/flags/0 is 'flag:unleash/x'",
                        node -> ((ObjectNode) node.path("temporary"))
                                .putArray("flags")
                                .add("flag:unleash/x")),
                manifest(
                        "resource that climbs",
                        "/temporary: 'flag:unleash/../x' is not a resource",
                        node -> ((ObjectNode) node.path("temporary"))
                                .putArray("flags")
                                .add("unleash/../x")),
                manifest(
                        "unsafe path",
                        "the path 'files/../x' in /files is not safe: one of its parts is '..'",
                        node -> first(node).put("path", "files/../x")),
                manifest(
                        "folder as a file",
                        "the path 'files/' in /files is a folder",
                        node -> first(node).put("path", "files/")),
                manifest(
                        "lists itself",
                        "it lists 'manifest.json'",
                        node -> first(node).put("path", "manifest.json")),
                manifest(
                        "lists a file twice",
                        "it lists 'FILES/notes.txt' twice",
                        node -> ((ArrayNode) node.path("files"))
                                .addObject()
                                .put("path", "FILES/notes.txt")
                                .put("sha256", "0".repeat(64))
                                .put("size", 1)),
                manifest(
                        "dependency twice",
                        "it has the dependency 'database' twice",
                        node -> ((ArrayNode) node.path("dependencies"))
                                .addObject()
                                .put("name", "database")
                                .put("version", "2.1.3")),
                text("no object", "the manifest is no object", text -> "[]"),
                text("no JSON", "it is no JSON", text -> text.substring(0, text.length() - 3)),
                text(
                        "key twice",
                        "Duplicate Object property \"kind\" (line 4, column 9)",
                        text -> text.replaceFirst("\\{", "{\n\"kind\": \"Package\",")),
                text("something after it", "it is no JSON: Trailing token", text -> text + "{}"),
                text(
                        "nested without end",
                        "it is nested, or has names or numbers, beyond all measure",
                        text -> "[".repeat(100_000)),
                Broken.of("not UTF-8", Fault.MANIFEST_INVALID, "it is not written in UTF-8", parcel -> {
                    parcel.zip = raw -> {
                        byte[] latin = {'"', (byte) 0xe4, '"'};
                        raw.items.set(0, new RawZip.Item(raw.items.get(0).name, latin, 0));
                        raw.items.set(1, new RawZip.Item(raw.items.get(1).name, parcel.signature.apply(latin), 0));
                    };
                }),
                Broken.of(
                                "manifest that is too large",
                                Fault.TOO_LARGE,
                                "'manifest.json' is larger than 4194304 bytes",
                                parcel -> parcel.text =
                                        text -> text + " ".repeat(1000).concat("x ".repeat(3 << 20)))
                        .within(new Limits(100, 1L << 30, 1L << 30, 100_000)),
                Broken.of(
                        "signature that is too large",
                        Fault.TOO_LARGE,
                        "'manifest.json.p7s' is larger than 262144 bytes",
                        parcel -> parcel.signature = content -> new byte[300_000]),
                Broken.of(
                        "wrong digest",
                        Fault.FILE_DIGEST,
                        "the file 'files/notes.txt' has the SHA-256",
                        parcel -> parcel.zip = raw -> replace(raw, Parcels.text("What is nex\n"))),
                Broken.of(
                        "wrong size",
                        Fault.FILE_SIZE,
                        "the file 'files/notes.txt' has 17 bytes, the manifest says 12",
                        parcel -> parcel.zip = raw -> replace(raw, Parcels.text("What is new, not\n"))),
                Broken.of(
                        "unlisted file",
                        Fault.FILE_UNLISTED,
                        "does not list: 'files/extra.sh'",
                        parcel -> parcel.zip = raw -> raw.add("files/extra.sh", Parcels.text("evil"))),
                Broken.of(
                        "second manifest in another place",
                        Fault.FILE_UNLISTED,
                        "does not list: 'files/manifest.json'",
                        parcel -> parcel.zip = raw -> raw.add("files/manifest.json", Parcels.text("{}"))),
                Broken.of(
                        "missing file",
                        Fault.FILE_MISSING,
                        "not in the package: 'files/notes.txt'",
                        parcel -> parcel.zip = raw -> raw.items.remove(3)));
    }

    private static void replace(RawZip raw, byte[] content) {
        raw.items.set(3, new RawZip.Item(raw.items.get(3).name, content, 8));
    }

    private static ObjectNode first(ObjectNode node) {
        return (ObjectNode) node.path("files").get(0);
    }

    private static Broken manifest(String name, String said, Consumer<ObjectNode> damage) {
        return Broken.of(name, Fault.MANIFEST_INVALID, said, parcel -> parcel.manifest = damage);
    }

    private static Broken text(String name, String said, Function<String, String> damage) {
        return Broken.of(name, Fault.MANIFEST_INVALID, said, parcel -> parcel.text = damage);
    }
}
