package dev.sweepback.sandbox;

import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** One level of a tree of paths, as Vault lists it. */
final class Level {

    private Level() {}

    /**
     * What lies directly below; folders end in a slash. A folder is passed over at once, whatever it holds.
     *
     * @param prefix empty, or a folder with its slash
     */
    static Set<String> below(NavigableSet<String> paths, String prefix) {
        Set<String> keys = new TreeSet<>();
        String next = paths.ceiling(prefix);
        while (next != null && next.startsWith(prefix)) {
            int slash = next.indexOf('/', prefix.length());
            if (slash < 0) {
                keys.add(next.substring(prefix.length()));
                next = paths.higher(next);
            } else {
                String folder = next.substring(prefix.length(), slash + 1);
                keys.add(folder);
                next = paths.ceiling(prefix + folder + Character.MAX_VALUE);
            }
        }
        return keys;
    }
}
