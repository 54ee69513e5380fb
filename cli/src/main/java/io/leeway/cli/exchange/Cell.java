package io.leeway.cli.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.leeway.contracts.Json;
import java.util.regex.Pattern;

/**
 * A value as a cell of CSV, and back: numbers, flags and what is nested as JSON, text as it is unless it would be read as something
 * else. An empty cell is no value. Stateless.
 */
final class Cell {
    private static final Pattern JSON = Pattern.compile("[\\[{\"].*|-?[0-9].*|true|false|null", Pattern.DOTALL);

    private Cell() {}

    static String written(Object value, boolean alwaysText) {
        if (value == null) {
            return "";
        }
        if (!(value instanceof String text)) {
            return Json.text(value);
        }
        boolean clear = alwaysText
                || !text.isEmpty()
                        && text.equals(text.strip())
                        && read(text, false).equals(text);
        return clear ? text : Json.text(text);
    }

    /** @return null for an empty cell */
    static Object read(String cell, boolean alwaysText) {
        if (cell == null || cell.isEmpty()) {
            return null;
        }
        if (alwaysText || !JSON.matcher(cell).matches()) {
            return cell;
        }
        try {
            Object value = Json.mapper().readValue(cell, Object.class);
            return value == null ? cell : value;
        } catch (JsonProcessingException isText) {
            return cell;
        }
    }

    /** With its quotes where the format needs them. */
    static String quoted(String cell) {
        boolean plain =
                cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r' || c == ';' || c == '\t');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
