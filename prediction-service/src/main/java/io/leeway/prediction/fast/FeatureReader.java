package io.leeway.prediction.fast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.leeway.core.features.LeafNode;
import io.leeway.core.features.Leaves;
import io.leeway.prediction.StructureHash;
import java.util.Arrays;

/**
 * Reads a JSON object into feature columns, in the way of {@link io.leeway.core.features.FeatureEncoder}, and into a hash of what it
 * says. Reused; not thread safe.
 */
final class FeatureReader {
    private static final byte[] TRUE = "true".getBytes(ISO_8859_1);
    private static final byte[] FALSE = "false".getBytes(ISO_8859_1);
    private static final byte[] NULL = "null".getBytes(ISO_8859_1);
    private static final int MOST_KEYS = 256;
    private static final int LONGEST_KEY = 1000;

    private final JsonScanner in;
    /** Hashes of the keys of the objects that are open, the innermost last. */
    private long[] keys = new long[MOST_KEYS];

    private int keyCount;
    private float[] columns;
    private int offset;

    FeatureReader(JsonScanner in) {
        this.in = in;
    }

    /**
     * Reads the object that comes next; the columns have been cleared.
     *
     * @param root null if nothing is to be encoded
     * @param order of the keys in the objects that were read in this place before
     * @return its {@link StructureHash}
     */
    long read(LeafNode root, KeyOrder order, float[] target, int at) {
        columns = target;
        offset = at;
        keyCount = 0;
        in.expect('{');
        if (in.takes('}')) {
            return StructureHash.ofObject(0);
        }
        order.begin(root);
        long sum = 0;
        int place = 0;
        do {
            if (place < order.count() && in.takesQuickly(order.key(place))) {
                push(order.hash(place));
            } else {
                in.text();
                long key = in.textHash();
                requireNew(key, 0);
                push(key);
                order.put(place, in.textAsKey(), key, child(root, key));
                in.expect(':');
            }
            sum += StructureHash.ofEntry(order.hash(place), value(order.child(place), 1));
            place++;
        } while (in.takes(','));
        in.expect('}');
        return StructureHash.ofObject(sum);
    }

    private LeafNode child(LeafNode node, long key) {
        return node == null || in.textLength() > 0 && in.bytes()[in.textFrom()] == '_'
                ? null
                : node.child(in.bytes(), in.textFrom(), in.textLength(), key);
    }

    private long object(LeafNode node, int depth) {
        requireDepth(depth);
        in.expect('{');
        long sum = 0;
        if (in.takes('}')) {
            return StructureHash.ofObject(sum);
        }
        int firstKey = keyCount;
        do {
            in.text();
            long key = in.textHash();
            requireNew(key, firstKey);
            push(key);
            LeafNode child = child(node, key);
            in.expect(':');
            sum += StructureHash.ofEntry(key, value(child, depth));
        } while (in.takes(','));
        in.expect('}');
        keyCount = firstKey;
        return StructureHash.ofObject(sum);
    }

    /** Two keys with one hash are taken for one key that stands twice: the general way looks closer. */
    private void requireNew(long key, int firstKey) {
        for (int i = firstKey; i < keyCount; i++) {
            if (keys[i] == key) {
                throw new NotPlainException();
            }
        }
        if (keyCount - firstKey == MOST_KEYS || in.textLength() > LONGEST_KEY) {
            throw new NotPlainException();
        }
    }

    private void push(long key) {
        if (keyCount == keys.length) {
            keys = Arrays.copyOf(keys, 2 * keyCount);
        }
        keys[keyCount++] = key;
    }

    private long value(LeafNode node, int depth) {
        switch (in.peek()) {
            case '"' -> {
                in.text();
                return text(node);
            }
            case '{' -> {
                return object(node, depth + 1);
            }
            case '[' -> {
                return list(node, depth + 1);
            }
            case 't' -> {
                in.literal(TRUE);
                return flag(node, true);
            }
            case 'f' -> {
                in.literal(FALSE);
                return flag(node, false);
            }
            case 'n' -> {
                in.literal(NULL);
                return StructureHash.NULL;
            }
            default -> {
                return number(node);
            }
        }
    }

    private long list(LeafNode node, int depth) {
        requireDepth(depth);
        in.expect('[');
        long hash = StructureHash.emptyList();
        if (in.takes(']')) {
            return hash;
        }
        int index = 0;
        do {
            boolean text = in.peek() == '"';
            LeafNode of = node == null ? null : text ? node.texts() : node.child(index);
            hash = StructureHash.ofNext(hash, value(of, depth));
            index++;
        } while (in.takes(','));
        in.expect(']');
        return hash;
    }

    private long text(LeafNode node) {
        if (node != null && node.readsTexts()) {
            node.text(in.bytes(), in.textFrom(), in.textLength(), in.textHash(), columns, offset);
        }
        return StructureHash.ofText(in.textHash());
    }

    private long flag(LeafNode node, boolean value) {
        if (node != null) {
            node.flag(value, columns, offset);
        }
        return StructureHash.ofFlag(value);
    }

    private long number(LeafNode node) {
        double value = in.number();
        if (node != null) {
            Number original = in.isWhole() && node.readsNumbersAsText() ? Long.valueOf(in.wholeValue()) : null;
            node.number(value, original, columns, offset);
        }
        return in.isWhole() ? StructureHash.ofWhole(in.wholeValue()) : StructureHash.ofReal(value);
    }

    private static void requireDepth(int depth) {
        if (depth > Leaves.MAXIMUM_DEPTH) {
            throw new NotPlainException();
        }
    }
}
