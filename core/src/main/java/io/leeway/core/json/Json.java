package io.leeway.core.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Strict JSON over plain values: {@code Map<String, Object>}, {@code List<Object>}, String, Long, Double, Boolean, null.
 *
 * <p>The writer is canonical, so that equal values give equal bytes and hashes on every JVM: keys sorted by UTF-16 code
 * unit, no white space, doubles correctly rounded to the fewest of 15, 16 or 17 digits that read back to the same value.
 * Integers read as Long when they fit, everything with a fraction or an exponent as Double. Nesting is bounded both ways.
 * Thread-safe: no state.
 *
 * @see "RFC 8259, The JavaScript Object Notation (JSON) Data Interchange Format"
 */
public final class Json {
    static final int MAXIMUM_DEPTH = 64;

    private Json() {}

    /** Reads one JSON value; throws {@link JsonException} with the position of the first fault. */
    public static Object read(String text) {
        return new JsonReader(text).read();
    }

    /** Reads UTF-8 bytes. */
    public static Object read(byte[] utf8) {
        try {
            return read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new JsonException("must be UTF-8");
        }
    }

    /** Reads one JSON object. */
    public static JsonObject readObject(String text) {
        return JsonObject.of(read(text), "");
    }

    /** Writes a value canonically; any other type, and numbers that are not finite, are refused. */
    public static String write(Object value) {
        return write(value, true);
    }

    /** Like {@link #write}, but with each object's keys in the order in which its map has them. */
    public static String writeInOrder(Object value) {
        return write(value, false);
    }

    private static String write(Object value, boolean sorted) {
        StringBuilder out = new StringBuilder(256);
        write(value, out, sorted, 0);
        return out.toString();
    }

    /** The canonical form in UTF-8. */
    public static byte[] writeBytes(Object value) {
        return write(value).getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Object value, StringBuilder out, boolean sorted, int depth) {
        if (depth > MAXIMUM_DEPTH) {
            throw new JsonException("must be nested <= " + MAXIMUM_DEPTH + " deep");
        }
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof CharSequence text) {
            writeText(text, out);
        } else if (value instanceof Number number) {
            writeNumber(number, out);
        } else if (value instanceof Map<?, ?> map) {
            writeObject(map, out, sorted, depth);
        } else if (value instanceof Iterable<?> items) {
            char separator = '[';
            for (Object item : items) {
                out.append(separator);
                write(item, out, sorted, depth + 1);
                separator = ',';
            }
            out.append(separator == '[' ? "[]" : "]");
        } else {
            throw new JsonException(
                    "must be a plain JSON value: class=" + value.getClass().getName());
        }
    }

    private static void writeObject(Map<?, ?> map, StringBuilder out, boolean sorted, int depth) {
        char separator = '{';
        for (Map.Entry<?, ?> entry : (sorted ? new TreeMap<>(map) : map).entrySet()) {
            out.append(separator);
            writeText((String) entry.getKey(), out);
            out.append(':');
            write(entry.getValue(), out, sorted, depth + 1);
            separator = ',';
        }
        out.append(separator == '{' ? "{}" : "}");
    }

    private static void writeNumber(Number number, StringBuilder out) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            out.append(number.longValue());
        } else {
            writeDouble(number.doubleValue(), out);
        }
    }

    /** Not Double.toString: before JDK 19 it was not always the shortest, so bytes would depend on the JVM. */
    private static void writeDouble(double value, StringBuilder out) {
        if (!Double.isFinite(value)) {
            throw new JsonException("must be finite: value=" + value);
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            out.append(value == 0 && 1 / value < 0 ? "-0.0" : (long) value + ".0");
            return;
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal shortest = exact;
        for (int digits = 15; digits <= 17; digits++) {
            shortest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (shortest.doubleValue() == value) {
                break;
            }
        }
        String text = shortest.stripTrailingZeros().toString();
        out.append(text);
        if (text.indexOf('.') < 0 && text.indexOf('E') < 0) {
            out.append(".0");
        }
    }

    private static void writeText(CharSequence text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    boolean lonely = Character.isSurrogate(c) && !isPaired(text, i);
                    if (c < 0x20 || lonely) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** A lone surrogate has no UTF-8 form: written raw it would come back as a question mark. */
    private static boolean isPaired(CharSequence text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
