package io.leeway.prediction.fast;

import io.leeway.core.features.LeafNode;
import java.util.Arrays;

/**
 * The keys of an object as they came the last time, each with where it leads and its hash: most requests of a loop name the same keys in the
 * same order, and comparing eight bytes at once costs less than hashing each and looking it up. Reused; not thread safe. Invariant: its
 * keys are distinct, because whoever adds one has seen that it is another than those before.
 */
final class KeyOrder {
    private LeafNode root;
    private int count;
    private JsonScanner.Key[] keys = new JsonScanner.Key[16];
    private long[] hashes = new long[16];
    private LeafNode[] children = new LeafNode[16];

    /** Forgets what came before unless it led on from the same node. */
    void begin(LeafNode node) {
        if (root != node) {
            root = node;
            count = 0;
        }
    }

    int count() {
        return count;
    }

    JsonScanner.Key key(int place) {
        return keys[place];
    }

    long hash(int place) {
        return hashes[place];
    }

    /** Null where the key leads nowhere. */
    LeafNode child(int place) {
        return children[place];
    }

    /** Another key came at this place, and what followed is forgotten. */
    void put(int place, JsonScanner.Key key, long hash, LeafNode child) {
        if (place == keys.length) {
            keys = Arrays.copyOf(keys, 2 * place);
            hashes = Arrays.copyOf(hashes, 2 * place);
            children = Arrays.copyOf(children, 2 * place);
        }
        keys[place] = key;
        hashes[place] = hash;
        children[place] = child;
        count = place + 1;
    }
}
