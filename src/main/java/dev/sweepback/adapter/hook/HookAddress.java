package dev.sweepback.adapter.hook;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Where a hook delivers to. It is often a credential: never a name, and shown shortened only. */
public final class HookAddress {

    private HookAddress() {}

    /** What patterns of people may hold it by: the whole, and the path. */
    public static List<String> handles(String url) {
        List<String> handles = new ArrayList<>(List.of(url));
        try {
            String path = URI.create(url).getPath();
            if (path != null && !path.isEmpty()) {
                handles.add(path);
            }
        } catch (IllegalArgumentException e) {
            return handles;
        }
        return handles;
    }
}
