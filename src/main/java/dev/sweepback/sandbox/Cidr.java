package dev.sweepback.sandbox;

import java.util.List;

/** A block of IPv4 addresses. */
record Cidr(long first, int bits) {

    static Cidr parse(String text) {
        int slash = text.indexOf('/');
        int bits = slash < 0 ? 32 : Integer.parseInt(text.substring(slash + 1));
        long address = 0;
        for (String part : (slash < 0 ? text : text.substring(0, slash)).split("\\.", -1)) {
            address = address * 256 + Integer.parseInt(part);
        }
        return new Cidr(masked(address, bits), bits);
    }

    private static long masked(long address, int bits) {
        return bits == 0 ? 0 : address >> (32 - bits) << (32 - bits);
    }

    boolean holds(Cidr other) {
        return other.bits >= bits && masked(other.first, bits) == first;
    }

    /** Whether each block lies in one of the allowed ones; no allowed ones allow all. */
    static boolean within(List<String> blocks, List<String> allowed) {
        return allowed.isEmpty()
                || blocks.stream()
                        .map(Cidr::parse)
                        .allMatch(block -> allowed.stream().map(Cidr::parse).anyMatch(outer -> outer.holds(block)));
    }

    /** A single address is shown without its mask (recording: approle-token-survives-secret-id-destroy). */
    static List<String> shown(List<String> blocks) {
        return blocks.stream().map(block -> block.replaceFirst("/32$", "")).toList();
    }
}
