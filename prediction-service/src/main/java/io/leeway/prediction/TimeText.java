package io.leeway.prediction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;

/** Times as {@link Instant#toString} writes them, in ASCII; all of one second have their first part in common, which is kept. Not thread safe. */
public final class TimeText {
    private long second = Long.MIN_VALUE;
    /** To the second, without the Z. */
    private byte[] begin;

    public byte[] of(Instant time) {
        if (time.getEpochSecond() != second) {
            String text = Instant.ofEpochSecond(time.getEpochSecond()).toString();
            begin = text.substring(0, text.length() - 1).getBytes(ISO_8859_1);
            second = time.getEpochSecond();
        }
        int nanos = time.getNano();
        if (nanos == 0) {
            return fraction(0, 0);
        } else if (nanos % 1_000_000 == 0) {
            return fraction(nanos / 1_000_000, 3);
        } else if (nanos % 1000 == 0) {
            return fraction(nanos / 1000, 6);
        }
        return fraction(nanos, 9);
    }

    private byte[] fraction(int value, int digits) {
        int point = digits == 0 ? 0 : 1;
        byte[] text = new byte[begin.length + point + digits + 1];
        System.arraycopy(begin, 0, text, 0, begin.length);
        int rest = value;
        for (int i = begin.length + digits; i > begin.length; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        if (digits > 0) {
            text[begin.length] = '.';
        }
        text[text.length - 1] = 'Z';
        return text;
    }
}
