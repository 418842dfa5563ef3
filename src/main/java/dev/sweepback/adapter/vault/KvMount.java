package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.http.Request;

/**
 * A mount that Vault says is a key/value engine.
 *
 * @param versioned whether it is version 2
 */
record KvMount(String path, boolean versioned) {

    boolean holds(String key) {
        return key.startsWith(path + "/");
    }

    /** What reading may send here, and in no other engine, whose GET may issue something. */
    ReadList reads() {
        String mount = Request.get("/{+}", path).path();
        String root = "/v1" + mount + (versioned ? "/metadata" : "");
        return ReadList.of("LIST " + root, "LIST " + root + "/**", "GET " + root + "/**");
    }
}
