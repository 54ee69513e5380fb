package io.leeway.prediction;

import io.leeway.contracts.Action;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.SlotRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Tells whether two requests ask the same: 128 bits of a SHA-256 over everything in them but loop and event id. The order of
 * keys in an object does not matter, nor whether a whole number was written 1 or 1.0.
 */
record RequestDigest(long high, long low) {
    static RequestDigest of(DecisionRequest request) {
        StringBuilder text = new StringBuilder(512);
        append(request.time() == null ? null : request.time().toString(), text);
        append(request.context(), text);
        if (request.actions() == null) {
            append(null, text);
        } else {
            text.append('[');
            for (Action action : request.actions()) {
                append(action.id(), text);
                append(action.features(), text);
            }
            text.append(']');
        }
        append(request.excluded(), text);
        append(request.deferred(), text);
        append(request.baseline(), text);
        append(request.explain(), text);
        for (SlotRequest slot : request.slots()) {
            append(slot.name(), text);
            append(slot.features(), text);
            append(slot.excluded(), text);
            append(slot.baseline(), text);
        }
        append(String.valueOf(request.episode()), text);
        append(request.other(), text);
        ByteBuffer hash = ByteBuffer.wrap(sha256(text.toString().getBytes(StandardCharsets.UTF_8)));
        return new RequestDigest(hash.getLong(), hash.getLong());
    }

    private static void append(Object value, StringBuilder text) {
        if (value instanceof CharSequence chars) {
            // Length first: no two lists of texts read alike.
            text.append('"').append(chars.length()).append(':').append(chars);
        } else if (value instanceof Number number) {
            text.append('#');
            appendNumber(number, text);
        } else if (value instanceof Map<?, ?> map) {
            appendObject(map, text);
        } else if (value instanceof List<?> list) {
            text.append('[');
            for (Object item : list) {
                append(item, text);
            }
            text.append(']');
        } else {
            text.append('!').append(value);
        }
    }

    private static void appendNumber(Number number, StringBuilder text) {
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
                text.append((long) value);
            } else {
                text.append('d').append(Long.toHexString(Double.doubleToLongBits(value)));
            }
        } else {
            text.append(number);
        }
    }

    private static void appendObject(Map<?, ?> map, StringBuilder text) {
        String[] keys = new String[map.size()];
        Iterator<?> iterator = map.keySet().iterator();
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (String) iterator.next();
        }
        Arrays.sort(keys);
        text.append('{');
        for (String key : keys) {
            append(key, text);
            append(map.get(key), text);
        }
        text.append('}');
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
