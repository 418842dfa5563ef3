package dev.sweepback.job;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of a key/value engine, as people write it: mount first, and without what Vault's API puts behind the mount of an engine of
 * version 2 (recordings {@code kv2-read-200}, {@code kv2-list-200}).
 */
final class KeyValuePath {

    private static final Pattern AS_OF_THE_API = Pattern.compile("/*([^/]+)/(data|metadata)(/.*)?");

    private KeyValuePath() {}

    /** Warns only: a folder may really be called so. */
    static void checkHandover(String path, Place place, Findings findings) {
        check("handover", path, place, "", findings);
    }

    /** Warns only: a folder may really be called so. */
    static void checkSelect(String key, String path, Place place, Findings findings) {
        check(key, path, place, "; if a folder is really called so, name the mount and choose by 'where'", findings);
    }

    private static void check(String key, String path, Place place, String otherwise, Findings findings) {
        Matcher found = AS_OF_THE_API.matcher(path);
        if (!found.matches()) {
            return;
        }
        String plain =
                found.group(1) + (found.group(3) == null ? "" : found.group(3).replaceFirst("/+$", ""));
        findings.warn(
                place,
                "'" + key + "' has '" + found.group(2) + "/' behind the mount, as addresses of Vault's API have",
                "mount and folder: " + plain,
                "write " + plain + otherwise);
    }
}
