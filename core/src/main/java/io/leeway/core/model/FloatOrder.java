package io.leeway.core.model;

/**
 * Integers that stand for numbers and are larger where these are larger, and so small that their differences do not overflow. Numbers
 * nearer to 0 than 2^-64 count as 0, those beyond 2^64 as alike.
 */
final class FloatOrder {
    /** Above all numbers: {@code key - ABOVE} is negative for each of them. */
    static final int ABOVE = 1 << 30;

    private static final int SMALLEST = Float.floatToRawIntBits(0x1p-64f);

    private FloatOrder() {}

    static int key(float value) {
        int bits = Float.floatToRawIntBits(value);
        int size = Math.max(0, Math.min(ABOVE - 1, (bits & Integer.MAX_VALUE) - SMALLEST));
        int sign = bits >> 31;
        return (size ^ sign) - sign;
    }

    /** The number that a key stands for. */
    static float value(int key) {
        int sign = key >> 31;
        int size = (key ^ sign) - sign;
        return Float.intBitsToFloat(size == 0 ? 0 : size + SMALLEST | sign & Integer.MIN_VALUE);
    }
}
