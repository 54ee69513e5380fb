package io.leeway.cli.exchange;

import com.fasterxml.jackson.core.type.TypeReference;
import io.leeway.contracts.Json;
import io.leeway.contracts.rest.HistoryLine;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A line of history as one row of a table: {@code eventId}, {@code time}, {@code action}, {@code probability}, {@code reward} and so
 * on; each key of the context is a column {@code context.KEY}; what is nested stays one value. Stateless.
 */
final class FlatRow {
    static final String WHOLE_CONTEXT = "context";
    static final String CONTEXT = WHOLE_CONTEXT + ".";
    /** Columns that hold text whatever it looks like. */
    static final Set<String> TEXTS = Set.of("eventId", "time", "rewardTime", "action", "policy");
    /** The first columns, in this order, where they are there. */
    static final List<String> FIRST = List.of(
            "eventId", "time", "action", "probability", "reward", "modelVersion", "policy", "prediction", "deferred");

    private FlatRow() {}

    static Map<String, Object> of(HistoryLine line) {
        Map<String, Object> fields = Json.mapper().convertValue(line, new TypeReference<>() {});
        Map<String, Object> row = new LinkedHashMap<>();
        FIRST.stream().filter(fields::containsKey).forEach(name -> row.put(name, fields.remove(name)));
        if (fields.remove(WHOLE_CONTEXT) instanceof Map<?, ?> context) {
            context.forEach((key, value) -> row.put(CONTEXT + key, value));
        }
        row.putAll(fields);
        return row;
    }

    /** @throws io.leeway.contracts.UnreadableJsonException naming the column and the value that cannot be */
    static HistoryLine line(Map<String, Object> row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Map<String, Object> context = new LinkedHashMap<>();
        row.forEach((name, value) -> {
            if (name.startsWith(CONTEXT)) {
                context.put(name.substring(CONTEXT.length()), value);
            } else {
                fields.put(name, value);
            }
        });
        if (!fields.containsKey(WHOLE_CONTEXT)) {
            fields.put(WHOLE_CONTEXT, context);
        }
        try {
            return Json.mapper().readValue(Json.bytes(fields), HistoryLine.class);
        } catch (IOException e) {
            throw Json.unreadable(e);
        }
    }
}
