package io.leeway.prediction.fast;

import java.math.BigInteger;

/**
 * Writes a double as the shortest decimal that reads as the same double, the closest to it where there are several, straight into bytes.
 * The text is that of {@link Double#toString(double)} since Java 19, of which a test makes sure; what costs there is the text that is made
 * only to be copied. Stateless.
 *
 * @see "Giulietti, The Schubfach way to render doubles, 2020: sections 8 to 10, whose names for the numbers are kept"
 */
final class ShortestDecimal {
    /** Most bytes of one number. */
    static final int LONGEST = 24;

    private static final int Q_MIN = -1074;
    private static final long C_MIN = 1L << 52;
    private static final long C_TINY = 3;
    private static final int K_MIN = -324;
    private static final int K_MAX = 292;
    private static final long MASK_63 = Long.MAX_VALUE;
    private static final int DIGITS = 17;
    private static final int HALF = 100_000_000;
    /** Upper and lower 63 bits of g by k. */
    private static final long[] G = new long[2 * (K_MAX - K_MIN + 1)];

    /** The two digits of the numbers below 100. */
    private static final short[] PAIRS = new short[100];

    private static final long[] POWERS_OF_TEN = new long[DIGITS + 2];

    static {
        for (int i = 0; i < PAIRS.length; i++) {
            PAIRS[i] = (short) (('0' + i / 10) << 8 | '0' + i % 10);
        }
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = 10 * POWERS_OF_TEN[i - 1];
        }
        for (int k = K_MIN; k <= K_MAX; k++) {
            BigInteger g = g(k);
            G[2 * (k - K_MIN)] = g.shiftRight(63).longValueExact();
            G[2 * (k - K_MIN) + 1] = g.and(BigInteger.valueOf(MASK_63)).longValueExact();
        }
    }

    private ShortestDecimal() {}

    /** 10^-k scaled by a power of two into [2^125, 2^126), rounded down, plus 1. */
    private static BigInteger g(int k) {
        BigInteger power = BigInteger.TEN.pow(Math.abs(k));
        if (k <= 0) {
            return power.shiftLeft(126 - power.bitLength()).add(BigInteger.ONE);
        }
        BigInteger scaled = BigInteger.ONE.shiftLeft(126 + power.bitLength()).divide(power);
        return scaled.shiftRight(scaled.bitLength() - 126).add(BigInteger.ONE);
    }

    /**
     * Writes a finite number and returns where it ends.
     *
     * @param out with room for {@link #LONGEST} bytes from {@code at} on
     */
    static int write(double finite, byte[] out, int at) {
        long bits = Double.doubleToRawLongBits(finite);
        int next = at;
        if (bits < 0) {
            out[next++] = '-';
        }
        long fraction = bits & (C_MIN - 1);
        int exponent = (int) (bits >>> 52) & 0x7ff;
        if (exponent == 0x7ff) {
            throw new IllegalArgumentException("must be finite: value=" + finite);
        }
        if (exponent != 0) {
            int shift = 1 - Q_MIN - exponent;
            long c = C_MIN | fraction;
            if (0 < shift && shift < 53 && c >> shift << shift == c) {
                return digits(c >> shift, 0, out, next);
            }
            return shortest(-shift, c, 0, out, next);
        }
        if (fraction == 0) {
            out[next] = '0';
            out[next + 1] = '.';
            out[next + 2] = '0';
            return next + 3;
        }
        // The two smallest numbers would come out with one digit where two are wanted.
        return fraction < C_TINY
                ? shortest(Q_MIN, 10 * fraction, -1, out, next)
                : shortest(Q_MIN, fraction, 0, out, next);
    }

    /** Of c * 2^q. */
    private static int shortest(int q, long c, int dk, byte[] out, int at) {
        long odd = c & 1;
        long cb = c << 2;
        boolean even = c != C_MIN || q == Q_MIN;
        long cbl = even ? cb - 2 : cb - 1;
        int k = even ? floorLog10OfPower2(q) : floorLog10OfThreeQuartersOfPower2(q);
        int h = q + floorLog2OfPower10(-k) + 2;
        long g1 = G[2 * (k - K_MIN)];
        long g0 = G[2 * (k - K_MIN) + 1];
        long vb = roundToOdd(g1, g0, cb << h);
        long vbl = roundToOdd(g1, g0, cbl << h) + odd;
        long vbr = roundToOdd(g1, g0, cb + 2 << h) - odd;
        long s = vb >> 2;
        if (s >= 100) {
            long shorter = s / 10;
            boolean lower = vbl <= 10 * shorter << 2;
            boolean upper = 10 * shorter + 10 << 2 <= vbr;
            if (lower != upper) {
                return digits(lower ? shorter : shorter + 1, k + dk + 1, out, at);
            }
        }
        boolean lower = vbl <= s << 2;
        boolean upper = s + 1 << 2 <= vbr;
        if (lower != upper) {
            return digits(lower ? s : s + 1, k + dk, out, at);
        }
        long middle = vb - (2 * s + 1 << 1);
        boolean down = middle < 0 || middle == 0 && (s & 1) == 0;
        return digits(down ? s : s + 1, k + dk, out, at);
    }

    private static long roundToOdd(long g1, long g0, long cp) {
        long x1 = Math.multiplyHigh(g0, cp);
        long y0 = g1 * cp;
        long y1 = Math.multiplyHigh(g1, cp);
        long z = (y0 >>> 1) + x1;
        long w = y1 + (z >>> 63);
        return w | (z & MASK_63) + MASK_63 >>> 63;
    }

    private static int floorLog10OfPower2(int e) {
        return (int) (e * 661_971_961_083L >> 41);
    }

    private static int floorLog10OfThreeQuartersOfPower2(int e) {
        return (int) (e * 661_971_961_083L - 274_743_187_321L >> 41);
    }

    private static int floorLog2OfPower10(int e) {
        return (int) (e * 913_124_641_741L >> 38);
    }

    /** Writes f * 10^e. */
    private static int digits(long f, int e, byte[] out, int at) {
        long significant = f;
        int power = e;
        // Found out by arithmetic: digits that have just been written are dear to look at.
        while (significant % 10 == 0) {
            significant /= 10;
            power++;
        }
        int length = floorLog10OfPower2(Long.SIZE - Long.numberOfLeadingZeros(significant));
        if (significant >= POWERS_OF_TEN[length]) {
            length++;
        }
        return placed(significant * POWERS_OF_TEN[DIGITS - length], length, power + length, out, at);
    }

    /** Writes as many of 17 digits as are significant, at least one on each side of the point: plain from 0.001 to 10 million, else with an exponent. */
    private static int placed(long all, int significant, int point, byte[] out, int at) {
        if (0 < point && point <= 7) {
            all(all, out, at + 1);
            System.arraycopy(out, at + 1, out, at, point);
            out[at + point] = '.';
            return at + 1 + Math.max(significant, point + 1);
        }
        if (-3 < point && point <= 0) {
            // Zeros that are too many are written over: how many there have to be cannot be guessed.
            out[at] = '0';
            out[at + 1] = '.';
            out[at + 2] = '0';
            out[at + 3] = '0';
            all(all, out, at + 2 - point);
            return at + 2 - point + significant;
        }
        all(all, out, at + 1);
        out[at] = out[at + 1];
        out[at + 1] = '.';
        return exponent(point - 1, out, at + 1 + Math.max(significant, 2));
    }

    /** Writes 17 digits. */
    private static void all(long value, byte[] out, int at) {
        long upper = value / HALF;
        int low = (int) (value - upper * HALF);
        int high = (int) (upper / HALF);
        out[at] = (byte) ('0' + high);
        eight((int) (upper - (long) high * HALF), out, at + 1);
        eight(low, out, at + 9);
    }

    private static void eight(int value, byte[] out, int at) {
        int upper = value / 10_000;
        four(upper, out, at);
        four(value - 10_000 * upper, out, at + 4);
    }

    private static void four(int value, byte[] out, int at) {
        int upper = value / 100;
        int lower = value - 100 * upper;
        out[at] = (byte) (PAIRS[upper] >> 8);
        out[at + 1] = (byte) PAIRS[upper];
        out[at + 2] = (byte) (PAIRS[lower] >> 8);
        out[at + 3] = (byte) PAIRS[lower];
    }

    private static int exponent(int exponent, byte[] out, int at) {
        int next = at;
        out[next++] = 'E';
        if (exponent < 0) {
            out[next++] = '-';
        }
        int rest = Math.abs(exponent);
        if (rest >= 100) {
            out[next++] = (byte) ('0' + rest / 100);
        }
        if (rest >= 10) {
            out[next++] = (byte) ('0' + rest / 10 % 10);
        }
        out[next++] = (byte) ('0' + rest % 10);
        return next;
    }
}
