package io.leeway.core.features;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Looks texts up by their UTF-8 bytes, without making a text of them. Open addressing; immutable and thread-safe. */
public final class ByteTable {
    private static final long FNV_START = 0xcbf2_9ce4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01b3L;

    private final byte[][] keys;
    private final long[] hashes;
    private final int[] indices;

    /** A table that gives each text its place in the list; of equal texts the last. */
    public ByteTable(List<String> texts) {
        int capacity = Integer.highestOneBit(Math.max(1, texts.size())) * 4;
        keys = new byte[capacity][];
        hashes = new long[capacity];
        indices = new int[capacity];
        for (int i = 0; i < texts.size(); i++) {
            byte[] key = texts.get(i).getBytes(StandardCharsets.UTF_8);
            long hash = hash(key, 0, key.length);
            int slot = slot(key, 0, key.length, hash);
            keys[slot] = key;
            hashes[slot] = hash;
            indices[slot] = i;
        }
    }

    /** FNV-1a of 64 bits, which {@link #find} wants. */
    public static long hash(byte[] bytes, int from, int length) {
        long hash = startHash();
        for (int i = from; i < from + length; i++) {
            hash = hash(hash, bytes[i]);
        }
        return hash;
    }

    /** The hash of no bytes. */
    public static long startHash() {
        return FNV_START;
    }

    /** The hash with one byte more: for who reads the bytes one by one anyway. */
    public static long hash(long hash, byte next) {
        return (hash ^ (next & 0xff)) * FNV_PRIME;
    }

    /** The text's place, or -1. */
    public int find(byte[] bytes, int from, int length, long hash) {
        int slot = slot(bytes, from, length, hash);
        return keys[slot] == null ? -1 : indices[slot];
    }

    private int slot(byte[] bytes, int from, int length, long hash) {
        int mask = keys.length - 1;
        int slot = (int) (hash ^ hash >>> 32) & mask;
        while (keys[slot] != null && !(hashes[slot] == hash && same(keys[slot], bytes, from, length))) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** A plain loop: most texts are short, and a call would cost more. */
    private static boolean same(byte[] key, byte[] bytes, int from, int length) {
        if (key.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (key[i] != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }
}
