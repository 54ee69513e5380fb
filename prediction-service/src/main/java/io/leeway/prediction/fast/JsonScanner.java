package io.leeway.prediction.fast;

import io.leeway.core.features.ByteTable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads JSON token by token from bytes, making no objects. Takes less than JSON allows (no escapes in texts, no whole numbers beyond 18
 * digits) and never more: {@link NotPlainException} for anything else. Reused; not thread safe.
 */
final class JsonScanner {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MOST_DIGITS = 18;
    private static final int LONGEST_NUMBER = 100;
    private static final long EXACT_IN_DOUBLE = 1L << 53;
    private static final double[] POWERS_OF_TEN = new double[23];

    static {
        for (int i = 0; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = Double.parseDouble("1e" + i);
        }
    }

    private byte[] bytes;
    private int at;
    private int end;
    private int textFrom;
    private int textTo;
    private long textHash;
    private boolean whole;
    private long wholeValue;

    /** A key with its quotes and colon, as it mostly stands in a document. */
    static final class Key {
        private final byte[] name;
        private final byte[] quoted;
        private final long first;
        private final long mask;

        Key(byte[] name) {
            this.name = name;
            this.quoted = new byte[name.length + 3];
            quoted[0] = '"';
            System.arraycopy(name, 0, quoted, 1, name.length);
            quoted[name.length + 1] = '"';
            quoted[name.length + 2] = ':';
            this.first = (long) LONGS.get(Arrays.copyOf(quoted, Math.max(Long.BYTES, quoted.length)), 0);
            this.mask = quoted.length < Long.BYTES ? (1L << 8 * quoted.length) - 1 : -1;
        }
    }

    void start(byte[] document) {
        bytes = document;
        at = 0;
        end = document.length;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the next token begins, if {@link #peek} was called, or where the last one ended. */
    int at() {
        return at;
    }

    /** The first byte of the next token. */
    byte peek() {
        while (at < end) {
            byte next = bytes[at];
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return next;
            }
            at++;
        }
        throw new NotPlainException();
    }

    void expect(char wanted) {
        if (peek() != wanted) {
            throw new NotPlainException();
        }
        at++;
    }

    /** Takes the token if it is the next one. */
    boolean takes(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    /** Takes a key and its colon if they come next, written without white space, and not at the very end of the document. */
    boolean takesQuickly(Key key) {
        int length = key.quoted.length;
        if (at + Math.max(length, Long.BYTES) > end || (((long) LONGS.get(bytes, at) ^ key.first) & key.mask) != 0) {
            return false;
        }
        if (length > Long.BYTES
                && !Arrays.equals(bytes, at + Long.BYTES, at + length, key.quoted, Long.BYTES, length)) {
            return false;
        }
        at += length;
        return true;
    }

    /** Takes a key and its colon if they come next, however they are written. */
    boolean takes(Key key) {
        if (takesQuickly(key)) {
            return true;
        }
        int before = at;
        text();
        if (!textIs(key.name)) {
            at = before;
            return false;
        }
        expect(':');
        return true;
    }

    /** The last text, to be recognised as a key. */
    Key textAsKey() {
        return new Key(Arrays.copyOfRange(bytes, textFrom, textTo));
    }

    /** Nothing but white space may follow. */
    void end() {
        while (at < end) {
            byte next = bytes[at++];
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                throw new NotPlainException();
            }
        }
    }

    /** Reads a text: {@link #textFrom} to {@link #textTo}, without the quotes. */
    void text() {
        expect('"');
        byte[] source = bytes;
        int last = end;
        int i = at;
        long hash = ByteTable.startHash();
        int all = 0;
        while (true) {
            if (i >= last) {
                throw new NotPlainException();
            }
            byte next = source[i];
            if (next == '"') {
                break;
            }
            if (next == '\\' || next >= 0 && next < ' ') {
                throw new NotPlainException();
            }
            all |= next;
            hash = ByteTable.hash(hash, next);
            i++;
        }
        textFrom = at;
        textTo = i;
        textHash = hash;
        at = i + 1;
        if (all < 0) {
            requireUtf8();
        }
    }

    int textFrom() {
        return textFrom;
    }

    int textTo() {
        return textTo;
    }

    int textLength() {
        return textTo - textFrom;
    }

    /** The {@link ByteTable#hash} of the last text. */
    long textHash() {
        return textHash;
    }

    boolean textIs(byte[] wanted) {
        return Arrays.equals(bytes, textFrom, textTo, wanted, 0, wanted.length);
    }

    private void requireUtf8() {
        int i = textFrom;
        while (i < textTo) {
            int first = bytes[i];
            if (first >= 0) {
                i++;
            } else if (first >> 5 == -2 && (first & 0x1e) != 0) {
                i = continued(i, 1);
            } else if (first >> 4 == -2) {
                int second = i + 1 < textTo ? bytes[i + 1] & 0xff : 0;
                boolean overlong = first == (byte) 0xe0 && second < 0xa0;
                boolean surrogate = first == (byte) 0xed && second >= 0xa0;
                if (overlong || surrogate) {
                    throw new NotPlainException();
                }
                i = continued(i, 2);
            } else {
                // Four bytes, or none of UTF-8: rare enough for the general way.
                throw new NotPlainException();
            }
        }
    }

    private int continued(int i, int count) {
        if (i + count >= textTo) {
            throw new NotPlainException();
        }
        for (int k = 1; k <= count; k++) {
            if (bytes[i + k] >> 6 != -2) {
                throw new NotPlainException();
            }
        }
        return i + count + 1;
    }

    /** Reads a number and returns it; {@link #isWhole} tells whether it was written without fraction and exponent. */
    double number() {
        int begin = at;
        boolean negative = takes('-');
        int digitsFrom = at;
        long digits = digits(0);
        int count = at - digitsFrom;
        if (count == 0 || count > 1 && bytes[digitsFrom] == '0') {
            throw new NotPlainException();
        }
        int exponent = 0;
        whole = true;
        if (at < end && bytes[at] == '.') {
            whole = false;
            int from = ++at;
            digits = digits(digits);
            exponent = from - at;
            count += at - from;
            if (at == from) {
                throw new NotPlainException();
            }
        }
        if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            whole = false;
            exponent += exponent();
        }
        if (count > MOST_DIGITS) {
            return whole ? notPlain() : slowly(begin);
        }
        if (whole) {
            wholeValue = negative ? -digits : digits;
            return wholeValue;
        }
        if (digits > EXACT_IN_DOUBLE || exponent > 22 || exponent < -22) {
            return slowly(begin);
        }
        // Both are exact in a double, so the one rounding of the quotient or product is the right one.
        double value = exponent < 0 ? digits / POWERS_OF_TEN[-exponent] : digits * POWERS_OF_TEN[exponent];
        return negative ? -value : value;
    }

    /** Overflows without harm: more digits than fit are counted, and then not used. */
    private long digits(long before) {
        byte[] source = bytes;
        int last = end;
        int i = at;
        long value = before;
        while (i < last) {
            int digit = source[i] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = 10 * value + digit;
            i++;
        }
        at = i;
        return value;
    }

    private int exponent() {
        at++;
        boolean negative = at < end && bytes[at] == '-';
        if (negative || at < end && bytes[at] == '+') {
            at++;
        }
        int from = at;
        long value = digits(0);
        if (at == from || at - from > 4) {
            throw new NotPlainException();
        }
        return (int) (negative ? -value : value);
    }

    private double slowly(int begin) {
        if (at - begin > LONGEST_NUMBER) {
            return notPlain();
        }
        double value = Double.parseDouble(new String(bytes, begin, at - begin, StandardCharsets.ISO_8859_1));
        return Double.isFinite(value) ? value : notPlain();
    }

    private static double notPlain() {
        throw new NotPlainException();
    }

    boolean isWhole() {
        return whole;
    }

    long wholeValue() {
        return wholeValue;
    }

    /** Reads true, false or null. */
    void literal(byte[] word) {
        if (end - at < word.length || !Arrays.equals(bytes, at, at + word.length, word, 0, word.length)) {
            throw new NotPlainException();
        }
        at += word.length;
    }
}
