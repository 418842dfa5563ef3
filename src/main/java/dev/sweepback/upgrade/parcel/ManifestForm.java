package dev.sweepback.upgrade.parcel;

import dev.sweepback.upgrade.Reboot;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The one table of a manifest's keys: the reader follows it, and the published schema is made of it. */
final class ManifestForm {

    private static final int LONGEST_NAME = 200;
    private static final int MOST_DEPENDENCIES = 500;
    private static final int MOST_TEMPORARY = 1_000;

    private static final Form LINE = text(
            "[^\\s\\u0000-\\u001F\\u007F-\\u009F]([^\\u0000-\\u001F\\u007F-\\u009F]*[^\\s\\u0000-\\u001F\\u007F-\\u009F])?",
            LONGEST_NAME,
            "text in one line without a blank at its edge");
    private static final Form PATH = text(
            "[^\\u0000-\\u001F\\u007F-\\u009F\\\\:/][^\\u0000-\\u001F\\u007F-\\u009F\\\\:]*",
            Limits.LONGEST_PATH,
            "the path of a file in the package, with slashes");
    private static final Form SHA_256 = text("[0-9a-f]{64}", 64, "64 digits of 0-9 and a-f");
    private static final Form TIME = text(
            "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})",
            40, "a time with offset such as 2026-11-30T22:00:00Z");
    private static final Form DURATION = text(
            "\\d{1,9}(s|m|h|d)|P(?=.)(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?",
            40,
            "a duration such as 30m, 2h or PT1H30M");
    private static final Form RESOURCE = text(
            "[A-Za-z0-9][A-Za-z0-9._-]*/[^\\s\\u0000-\\u001F\\u007F-\\u009F]+",
            Limits.LONGEST_PATH,
            "CONNECTION/ID, for example unleash/dark-mode");

    static final Form.Section MANIFEST = section(
            required("apiVersion", new Form.Word(List.of("sweepback/v1")), "the version of this format"),
            required("kind", new Form.Word(List.of("Package")), "what this file is"),
            required("name", LINE, "the package, as upgrades and jobs name it"),
            required("version", LINE, "its version, as upgrades name it"),
            required("date", TIME, "when it was built"),
            required(
                    "files",
                    new Form.Listing(
                            section(
                                    required("path", PATH, "where it is in the package"),
                                    required("sha256", SHA_256, "the SHA-256 of its content, in hexadecimal"),
                                    required("size", new Form.Count(0, Limits.STANDARD.fileBytes()), "its bytes")),
                            1,
                            Limits.STANDARD.members()),
                    "every file of the package but manifest.json and manifest.json.p7s"),
            required(
                    "reboot",
                    new Form.Word(
                            Arrays.stream(Reboot.values()).map(Reboot::word).toList()),
                    "whether a reboot belongs to the upgrade"),
            optional("downtime", DURATION, "how long the system is away at most"),
            optional(
                    "dependencies",
                    new Form.Listing(nameAndVersion("a range of versions such as ^2.1.0"), 0, MOST_DEPENDENCIES),
                    "what must be there"),
            optional(
                    "compatible",
                    new Form.Listing(nameAndVersion("the exact version"), 0, MOST_DEPENDENCIES),
                    "what it was tested together with"),
            optional(
                    "temporary",
                    section(
                            optional("flags", resources(), "feature flags, CONNECTION/NAME"),
                            optional("webhooks", resources(), "webhooks, CONNECTION/ID"),
                            optional("leases", resources(), "leases, CONNECTION/LEASE_ID")),
                    "what it creates for the upgrade alone: tracked, so that jobs can remove it"));

    private ManifestForm() {}

    private static Form nameAndVersion(String version) {
        return section(required("name", LINE, "of what"), required("version", LINE, version));
    }

    private static Form resources() {
        return new Form.Listing(RESOURCE, 0, MOST_TEMPORARY);
    }

    private static Form text(String pattern, int longest, String expected) {
        return new Form.Text(Pattern.compile(pattern), longest, expected);
    }

    private static Form.Section section(Form.Key... keys) {
        return new Form.Section(List.of(keys));
    }

    private static Form.Key required(String name, Form form, String description) {
        return new Form.Key(name, form, true, description);
    }

    private static Form.Key optional(String name, Form form, String description) {
        return new Form.Key(name, form, false, description);
    }
}
