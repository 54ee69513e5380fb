package io.leeway.core.features;

import java.nio.charset.StandardCharsets;

/**
 * Names as 32 bits, the same on every run and platform. Thread-safe: no state.
 *
 * @see "Appleby, MurmurHash3 (x86, 32 bits), 2011, over the UTF-16 code units of a text"
 */
final class Hashing {
    private Hashing() {}

    /**
     * A name's hash from the one that Java specifies for a String, which a map has asked for already, and up to three of its
     * characters: the former alone has collisions such as Aa and BB.
     */
    static int name(String name, int seed) {
        int length = name.length();
        int ends = length;
        if (length > 1) {
            ends += name.charAt(0) << 16 ^ name.charAt(length - 1) << 5;
            if (length > 3) { // else the rest follows from hash and ends
                ends ^= name.charAt(length >> 1) << 10;
            }
        }
        return finish(mix(ends ^ seed, name.hashCode()));
    }

    static int hash(CharSequence text, int seed) {
        int length = text.length();
        int hash = seed;
        for (int i = 0; i + 1 < length; i += 2) {
            hash = mix(hash, text.charAt(i) | text.charAt(i + 1) << 16);
        }
        if ((length & 1) != 0) {
            hash ^= scramble(text.charAt(length - 1));
        }
        return finish(hash ^ length);
    }

    /** The same of a text as UTF-8. */
    static int hash(byte[] bytes, int from, int length, int seed) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] < 0) {
                return hash(new String(bytes, from, length, StandardCharsets.UTF_8), seed);
            }
        }
        int hash = seed;
        for (int i = 0; i + 1 < length; i += 2) {
            hash = mix(hash, bytes[from + i] | bytes[from + i + 1] << 16);
        }
        if ((length & 1) != 0) {
            hash ^= scramble(bytes[from + length - 1]);
        }
        return finish(hash ^ length);
    }

    private static int mix(int hash, int word) {
        return Integer.rotateLeft(hash ^ scramble(word), 13) * 5 + 0xe6546b64;
    }

    private static int scramble(int word) {
        return Integer.rotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
    }

    private static int finish(int hash) {
        int h = hash;
        h = (h ^ h >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }
}
