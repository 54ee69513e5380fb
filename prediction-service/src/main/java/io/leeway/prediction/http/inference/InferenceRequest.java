package io.leeway.prediction.http.inference;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.ContractViolation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks for one prediction a row; each input tensor is a feature. */
public record InferenceRequest(
        @JsonPropertyDescription(
                "event id of the row, or of the rows with their number behind it; made by us when absent")
        String id,

        @JsonPropertyDescription("not read") Map<String, Object> parameters,

        @JsonPropertyDescription("one tensor a feature, all of as many rows")
        List<Tensor> inputs,

        @JsonPropertyDescription("the outputs that are wanted; all when absent")
        List<Wanted> outputs) {

    /** An output by its name. */
    public record Wanted(
            @JsonPropertyDescription("prediction, eventId or modelVersion")
            String name) {}

    /** The context of each row. */
    List<Map<String, Object>> contexts(int mostRows) {
        if (inputs == null || inputs.isEmpty()) {
            throw new ContractViolation("inputs", "must have at least one tensor", inputs);
        }
        List<Map<String, Object>> contexts = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            String field = "inputs[" + i + "]";
            if (inputs.get(i) == null) {
                throw new ContractViolation(field, "must be a JSON object", null);
            }
            List<Object> rows = inputs.get(i).rows(field);
            if (rows.size() > mostRows) {
                throw new ContractViolation(field + ".shape", "must be at most " + mostRows + " rows", rows.size());
            }
            while (i == 0 && contexts.size() < rows.size()) {
                contexts.add(new LinkedHashMap<>());
            }
            if (rows.size() != contexts.size()) {
                throw new ContractViolation(
                        field + ".shape", "must be as many rows as inputs[0], " + contexts.size(), rows.size());
            }
            for (int row = 0; row < rows.size(); row++) {
                put(contexts.get(row), inputs.get(i).name(), rows.get(row), field);
            }
        }
        return contexts;
    }

    /** A dot in a name leads into an object, as in the names that metadata tells. */
    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> context, String path, Object value, String field) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            if (context.put(path, value) != null) {
                throw new ContractViolation(field + ".name", "must be unique", path);
            }
            return;
        }
        Object inner = context.computeIfAbsent(path.substring(0, dot), key -> new LinkedHashMap<String, Object>());
        if (!(inner instanceof Map<?, ?>)) {
            throw new ContractViolation(field + ".name", "must not lead into a value", path);
        }
        put((Map<String, Object>) inner, path.substring(dot + 1), value, field);
    }
}
