package dev.sweepback.adapter.vault;

import java.util.regex.Pattern;

/**
 * A key of a key/value engine, as people write it: mount first, and without {@code data/}.
 *
 * @param rest below the mount
 */
record KvPath(KvMount mount, String rest) {

    /** How an operation's id looks, and so the name of what is left at a hand-over. */
    private static final Pattern OPERATION = Pattern.compile("[0-9a-hjkmnp-tv-z]{16}");

    /** Whether it has the name that Sweepback gives to hand-overs; what it holds is not read to find out. */
    boolean namedAsHandover() {
        return OPERATION.matcher(rest.substring(rest.lastIndexOf('/') + 1)).matches();
    }

    @Override
    public String toString() {
        return mount.path() + "/" + rest;
    }
}
