package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.ContractViolation;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which of a loop's events are meant; what is absent restricts nothing. */
public record EventFilter(
        @JsonPropertyDescription("decided at this time or later, ISO 8601")
        Instant from,

        @JsonPropertyDescription("decided before this time, ISO 8601")
        Instant to,

        @JsonPropertyDescription("version of the model that decided, >= 0")
        Long modelVersion,

        @JsonPropertyDescription("action chosen in the slot main, or in the first one")
        String action,

        @JsonPropertyDescription("status of the newest feedback: matched, defaulted or corrected; or open")
        String status,

        @JsonPropertyDescription(
                "values in the context by path, dots between the names; text that looks like a number or like true means either")
        Map<String, Object> context) {
    public static final EventFilter ALL = new EventFilter(null, null, null, null, null, null);
    public static final String OPEN = "open";

    private static final Set<String> STATUSES = Set.of("matched", "defaulted", "corrected", OPEN);

    public EventFilter {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new ContractViolation("to", "must be after from=" + from, to);
        }
        if (modelVersion != null && modelVersion < 0) {
            throw new ContractViolation("modelVersion", "must be >= 0", modelVersion);
        }
        if (status != null && !STATUSES.contains(status)) {
            throw new ContractViolation("status", "must be matched, defaulted, corrected or open", status);
        }
        context = context == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(context));
        context.forEach((path, value) -> {
            boolean plain = value instanceof String || value instanceof Number || value instanceof Boolean;
            if (path.isBlank() || path.length() > 500 || !plain) {
                throw new ContractViolation("context", "must be text, a number or a boolean by path", path);
            }
        });
    }
}
