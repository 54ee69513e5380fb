package io.leeway.feedback.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.contracts.Json;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.contracts.rest.EventFilter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A statement that grows, with its parameters. Not thread safe. */
final class Conditions {
    private final StringBuilder sql;
    private final List<Object> parameters = new ArrayList<>();

    Conditions(String sql, Object... parameters) {
        this.sql = new StringBuilder(sql);
        this.parameters.addAll(List.of(parameters));
    }

    Conditions and(String condition, Object... values) {
        return add(" and " + condition, values);
    }

    Conditions add(String text, Object... values) {
        sql.append(text);
        parameters.addAll(List.of(values));
        return this;
    }

    /**
     * Restricts decisions {@code d}; times on {@code timed}, which is d or feedback f. The weeks follow from the times, so that
     * only those partitions are looked into.
     */
    Conditions decisions(EventFilter filter, String timed) {
        if (filter.from() != null) {
            and(timed + ".time >= ?", time(filter.from()));
            and(timed + ".week >= ?", Weeks.of(filter.from()));
            and("d.week >= ?", Weeks.of(filter.from()));
        }
        if (filter.to() != null) {
            and(timed + ".time < ?", time(filter.to()));
            and(timed + ".week <= ?", Weeks.of(filter.to()));
            and("d.week <= ?", Weeks.of(filter.to()));
        }
        if (filter.modelVersion() != null) {
            and("d.model_version = ?", filter.modelVersion());
        }
        if (filter.action() != null) {
            and("d.action = ?", filter.action());
        }
        filter.context().forEach(this::context);
        return this;
    }

    /** Text from a URL does not say whether a number was meant, so both are looked for. */
    private void context(String path, Object value) {
        JsonNode exact = Json.mapper().valueToTree(value);
        JsonNode other = value instanceof String text ? plain(text) : null;
        if (other != null) {
            and(
                    "((d.body -> 'context') @> ?::jsonb or (d.body -> 'context') @> ?::jsonb)",
                    document(path, exact),
                    document(path, other));
        } else {
            and("(d.body -> 'context') @> ?::jsonb", document(path, exact));
        }
    }

    /** The number or boolean that the text looks like; null if it does not. */
    private static JsonNode plain(String text) {
        try {
            JsonNode node = Json.read(text, JsonNode.class);
            return node.isNumber() || node.isBoolean() ? node : null;
        } catch (UnreadableJsonException e) {
            return null;
        }
    }

    private static String document(String path, JsonNode value) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode node = root;
        String[] names = path.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            node = node.putObject(names[i]);
        }
        node.set(names[names.length - 1], value);
        return StorableJson.of(Json.text(root));
    }

    /** For a place that the text names already; also null. */
    Conditions parameter(Object value) {
        parameters.add(value);
        return this;
    }

    static Object time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.toString());
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
        return statement;
    }
}
