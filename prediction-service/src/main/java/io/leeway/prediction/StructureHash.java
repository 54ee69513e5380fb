package io.leeway.prediction;

import io.leeway.core.features.ByteTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A hash of 64 bits of what JSON says, however it is written: the order of keys does not matter, nor whether a whole number is
 * written 1 or 1.0. Made piece by piece, so that a reader of a stream gets the same as one of maps and lists. No defence against
 * somebody who looks for two documents of one hash. Stateless.
 */
public final class StructureHash {
    public static final long NULL = mix(5);

    private static final long TEXT = 0x9E37_79B9_7F4A_7C15L;
    private static final long WHOLE = 0xC2B2_AE3D_27D4_EB4FL;
    private static final long REAL = 0x1656_67B1_9E37_79F9L;
    private static final long OBJECT = 0x27D4_EB2F_1656_67C5L;
    private static final long LIST = mix(7);
    private static final double WHOLE_LIMIT = 1L << 53;

    private StructureHash() {}

    /** Of a text with this {@link ByteTable#hash}. */
    public static long ofText(long textHash) {
        return mix(textHash ^ TEXT);
    }

    public static long ofFlag(boolean value) {
        return mix(value ? 11 : 13);
    }

    public static long ofWhole(long value) {
        return mix(value * WHOLE + 1);
    }

    public static long ofReal(double value) {
        if (value == Math.rint(value) && Math.abs(value) < WHOLE_LIMIT) {
            return ofWhole((long) value);
        }
        return mix(Double.doubleToLongBits(value) ^ REAL);
    }

    /** One entry of an object; an object's entries are summed up. */
    public static long ofEntry(long keyHash, long value) {
        return mix(mix(keyHash) + 3 * value);
    }

    public static long ofObject(long sumOfEntries) {
        return mix(sumOfEntries ^ OBJECT);
    }

    public static long emptyList() {
        return LIST;
    }

    /** A list with one item more. */
    public static long ofNext(long list, long item) {
        return mix(31 * list + item);
    }

    /** Of a value as Jackson reads it: maps, lists, texts, numbers, flags, null. */
    public static long of(Object value) {
        if (value instanceof CharSequence text) {
            return ofText(hash(text));
        } else if (value instanceof Double || value instanceof Float) {
            return ofReal(((Number) value).doubleValue());
        } else if (value instanceof Integer || value instanceof Long || value instanceof Short) {
            return ofWhole(((Number) value).longValue());
        } else if (value instanceof Boolean flag) {
            return ofFlag(flag);
        } else if (value instanceof Map<?, ?> map) {
            long sum = 0;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                sum += ofEntry(hash((CharSequence) entry.getKey()), of(entry.getValue()));
            }
            return ofObject(sum);
        } else if (value instanceof List<?> list) {
            long hash = emptyList();
            for (Object item : list) {
                hash = ofNext(hash, of(item));
            }
            return hash;
        }
        return value == null ? NULL : mix(ofText(hash(value.toString())));
    }

    /** Of its UTF-8, which need not be made of a text that is ASCII, as most are. */
    static long hash(CharSequence text) {
        long hash = ByteTable.startHash();
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next >= 0x80) {
                byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
                return ByteTable.hash(utf8, 0, utf8.length);
            }
            hash = ByteTable.hash(hash, (byte) next);
        }
        return hash;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }
}
