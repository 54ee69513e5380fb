package io.leeway.cli.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.leeway.contracts.Json;
import io.leeway.core.logs.LogFormatException;
import io.leeway.simulator.taxi.ParquetRows.PlainColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Rows of history in Parquet. A column holds numbers, flags, texts or times where all its values are; else JSON. */
final class ParquetHistory {
    private static final String MESSAGE = "history";

    private ParquetHistory() {}

    /** What all values of a column are. */
    enum Kind {
        INTEGER,
        NUMBER,
        FLAG,
        TEXT,
        TIME,
        JSON;

        static Kind of(String column, Object value) {
            if (column.equals("time") || column.equals("rewardTime")) {
                return TIME;
            }
            if (value instanceof Integer || value instanceof Long) {
                return column.equals("reward") || column.equals("probability") ? NUMBER : INTEGER;
            }
            if (value instanceof Double) {
                return NUMBER;
            }
            return value instanceof Boolean ? FLAG : value instanceof String ? TEXT : JSON;
        }

        Kind and(Kind other) {
            if (this == other) {
                return this;
            }
            boolean numbers = (this == INTEGER || this == NUMBER) && (other == INTEGER || other == NUMBER);
            return numbers ? NUMBER : JSON;
        }

        Type type(String name) {
            return switch (this) {
                case INTEGER -> Types.optional(PrimitiveTypeName.INT64).named(name);
                case NUMBER -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
                case FLAG -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
                case TEXT ->
                    Types.optional(PrimitiveTypeName.BINARY)
                            .as(LogicalTypeAnnotation.stringType())
                            .named(name);
                case TIME ->
                    Types.optional(PrimitiveTypeName.INT64)
                            .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                            .named(name);
                case JSON ->
                    Types.optional(PrimitiveTypeName.BINARY)
                            .as(LogicalTypeAnnotation.jsonType())
                            .named(name);
            };
        }

        Object stored(Object value) {
            return switch (this) {
                case INTEGER -> ((Number) value).longValue();
                case NUMBER -> ((Number) value).doubleValue();
                case FLAG, TEXT -> value;
                case TIME -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse((String) value));
                case JSON -> Json.text(value);
            };
        }
    }

    static ParquetWriter<Map<String, Object>> writer(Path file, Map<String, Kind> columns) throws IOException {
        return ParquetTable.open(
                file,
                new MessageType(
                        MESSAGE,
                        columns.entrySet().stream()
                                .map(column -> column.getValue().type(column.getKey()))
                                .toList()));
    }

    static Map<String, Object> stored(Map<String, Object> row, Map<String, Kind> columns) {
        Map<String, Object> stored = new HashMap<>();
        columns.forEach((name, kind) -> {
            if (row.get(name) != null) {
                stored.put(name, kind.stored(row.get(name)));
            }
        });
        return stored;
    }

    /** A stored value as it was. */
    static Object value(PlainColumn column, Object stored) {
        if (column.unitsPerSecond() > 0) {
            long units = ((Number) stored).longValue();
            long rest = Math.floorMod(units, column.unitsPerSecond());
            return Instant.ofEpochSecond(
                            Math.floorDiv(units, column.unitsPerSecond()),
                            rest * (1_000_000_000 / column.unitsPerSecond()))
                    .toString();
        }
        if (!column.json()) {
            return stored;
        }
        try {
            return Json.mapper().readValue((String) stored, Object.class);
        } catch (JsonProcessingException e) {
            throw new LogFormatException("must be JSON: " + column.name() + "=" + stored, e);
        }
    }
}
