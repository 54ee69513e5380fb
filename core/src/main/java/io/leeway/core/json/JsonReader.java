package io.leeway.core.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Recursive-descent reader of one JSON text. Not thread-safe; used once. */
final class JsonReader {
    private final String text;
    private int at;

    JsonReader(String text) {
        this.text = text;
    }

    Object read() {
        Object value = value(0);
        skipSpace();
        if (at < text.length()) {
            throw fault("must end after the value");
        }
        return value;
    }

    private Object value(int depth) {
        if (depth > Json.MAXIMUM_DEPTH) {
            throw fault("must be nested <= " + Json.MAXIMUM_DEPTH + " deep");
        }
        skipSpace();
        switch (peek()) {
            case '{':
                return object(depth);
            case '[':
                return array(depth);
            case '"':
                return string();
            case 't':
                return literal("true", Boolean.TRUE);
            case 'f':
                return literal("false", Boolean.FALSE);
            case 'n':
                return literal("null", null);
            default:
                return number();
        }
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> result = new LinkedHashMap<>();
        at++;
        skipSpace();
        if (peek() == '}') {
            at++;
            return result;
        }
        while (true) {
            skipSpace();
            if (peek() != '"') {
                throw fault("must be a key in quotes");
            }
            String key = string();
            if (result.containsKey(key)) {
                throw fault("must not repeat a key: key=" + key);
            }
            skipSpace();
            expect(':');
            result.put(key, value(depth + 1));
            skipSpace();
            if (peek() == '}') {
                at++;
                return result;
            }
            expect(',');
        }
    }

    private List<Object> array(int depth) {
        List<Object> result = new ArrayList<>();
        at++;
        skipSpace();
        if (peek() == ']') {
            at++;
            return result;
        }
        while (true) {
            result.add(value(depth + 1));
            skipSpace();
            if (peek() == ']') {
                at++;
                return result;
            }
            expect(',');
        }
    }

    private String string() {
        at++;
        StringBuilder result = new StringBuilder();
        while (true) {
            char c = peek();
            at++;
            if (c == '"') {
                return result.toString();
            } else if (c == '\\') {
                result.append(escape());
            } else if (c < 0x20) {
                throw fault("must escape control characters");
            } else {
                result.append(c);
            }
        }
    }

    private char escape() {
        char c = peek();
        at++;
        switch (c) {
            case '"', '\\', '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                return unicode();
            default:
                throw fault("must be a known escape");
        }
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0 || peek() > 'f') {
                throw fault("must be four hexadecimal digits");
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private Object number() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        boolean integer = true;
        if (at < text.length() && text.charAt(at) == '.') {
            integer = false;
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            integer = false;
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        String digits = text.substring(start, at);
        if (integer && digits.length() <= 20) {
            try {
                return Long.valueOf(digits);
            } catch (NumberFormatException tooLarge) {
                // Falls through: larger than a long, read as a double.
            }
        }
        double value = Double.parseDouble(digits);
        if (!Double.isFinite(value)) {
            throw fault("must be within the range of a double");
        }
        return value;
    }

    private void digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw fault("must be a JSON value");
        }
    }

    private Object literal(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw fault("must be a JSON value");
        }
        at += word.length();
        return value;
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw fault("must be '" + wanted + "'");
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw fault("must not end here");
        }
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private JsonException fault(String constraint) {
        return new JsonException(constraint + ": position=" + at);
    }
}
