package dev.sweepback.journal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/**
 * The Merkle tree head of RFC 6962 over leaf hashes that come one by one; keeps only the roots of the complete subtrees,
 * one for each bit of the size.
 */
public final class TreeHead {

    private final MessageDigest digest;
    private final Deque<byte[]> subtrees = new ArrayDeque<>();
    private long size;

    public TreeHead() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    public void add(byte[] leafHash) {
        byte[] hash = leafHash.clone();
        for (long left = size; (left & 1) == 1; left >>= 1) {
            hash = parent(subtrees.pop(), hash);
        }
        subtrees.push(hash);
        size++;
    }

    public long size() {
        return size;
    }

    /** In hexadecimal; of an empty tree the hash of nothing. */
    public String root() {
        byte[] root = null;
        for (byte[] subtree : subtrees) {
            root = root == null ? subtree : parent(subtree, root);
        }
        return HexFormat.of().formatHex(root == null ? digest.digest() : root);
    }

    private byte[] parent(byte[] left, byte[] right) {
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }
}
