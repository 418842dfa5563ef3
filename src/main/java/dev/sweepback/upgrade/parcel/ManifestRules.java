package dev.sweepback.upgrade.parcel;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a manifest must keep and a schema cannot say. */
final class ManifestRules {

    private ManifestRules() {}

    static void check(Manifest manifest) {
        Set<String> paths = new HashSet<>();
        for (ListedFile file : manifest.files()) {
            SafePath.complaint(file.path()).ifPresent(complaint -> {
                throw ManifestReader.invalid(
                        "the path " + Shown.quoted(file.path()) + " in /files is not safe: " + complaint);
            });
            if (file.path().endsWith("/")) {
                throw ManifestReader.invalid("the path " + Shown.quoted(file.path()) + " in /files is a folder");
            }
            if (List.of(Manifest.PATH, Manifest.SIGNATURE_PATH).contains(file.path())) {
                throw ManifestReader.invalid("it lists '" + file.path() + "', which cannot hold its own digest");
            }
            if (!paths.add(SafePath.key(file.path()))) {
                throw ManifestReader.invalid("it lists " + Shown.quoted(file.path()) + " twice");
            }
        }
        Set<String> names = new HashSet<>();
        for (NamedVersion dependency : manifest.dependencies()) {
            if (!names.add(dependency.name())) {
                throw ManifestReader.invalid("it has the dependency " + Shown.quoted(dependency.name()) + " twice");
            }
        }
    }
}
