package io.leeway.prediction.http.inference;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.ContractViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A tensor with its values in JSON, row by row. */
public record Tensor(
        @JsonPropertyDescription("path of the feature, as in user.age")
        String name,

        @JsonPropertyDescription("rows, and values per row where there are several")
        List<Long> shape,

        @JsonPropertyDescription("BOOL, INT8 to INT64, UINT8 to UINT64, FP16 to FP64, or BYTES for text")
        String datatype,

        @JsonPropertyDescription("the values, flat or nested")
        List<Object> data,

        @JsonPropertyDescription("not read") Map<String, Object> parameters) {

    private static final Set<String> NUMBERS =
            Set.of("INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64", "FP16", "FP32", "FP64");

    static Tensor of(String name, String datatype, List<Object> data) {
        return new Tensor(name, List.of((long) data.size()), datatype, data, null);
    }

    /** The value of each row: one, or a list where the shape has more dimensions. */
    List<Object> rows(String field) {
        if (name == null || name.isBlank()) {
            throw new ContractViolation(field + ".name", "must not be empty", name);
        }
        if (shape == null || shape.isEmpty() || shape.stream().anyMatch(size -> size == null || size < 1)) {
            throw new ContractViolation(field + ".shape", "must be sizes >= 1", shape);
        }
        List<Object> flat = new ArrayList<>();
        flatten(data == null ? List.of() : data, flat);
        long wanted = 1;
        for (long size : shape) {
            wanted = size > Integer.MAX_VALUE / wanted ? Integer.MAX_VALUE : wanted * size;
        }
        if (flat.size() != wanted) {
            throw new ContractViolation(field + ".data", "must have as many values as the shape " + shape, flat.size());
        }
        flat.forEach(value -> requireType(field, value));
        int perRow = (int) (flat.size() / shape.get(0));
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < flat.size(); i += perRow) {
            rows.add(perRow == 1 ? flat.get(i) : List.copyOf(flat.subList(i, i + perRow)));
        }
        return rows;
    }

    private void requireType(String field, Object value) {
        boolean fits;
        if ("BOOL".equals(datatype)) {
            fits = value instanceof Boolean;
        } else if ("BYTES".equals(datatype)) {
            fits = value instanceof String;
        } else if (datatype != null && NUMBERS.contains(datatype)) {
            fits = value instanceof Number number && Double.isFinite(number.doubleValue());
        } else {
            throw new ContractViolation(field + ".datatype", "must be BOOL, BYTES or one of " + NUMBERS, datatype);
        }
        if (!fits) {
            throw new ContractViolation(field + ".data", "must hold values of " + datatype, value);
        }
    }

    private static void flatten(List<?> values, List<Object> flat) {
        for (Object value : values) {
            if (value instanceof List<?> nested) {
                flatten(nested, flat);
            } else {
                flat.add(value);
            }
        }
    }
}
