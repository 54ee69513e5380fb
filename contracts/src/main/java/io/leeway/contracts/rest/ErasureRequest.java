package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.ContractViolation;
import java.util.List;
import java.util.Objects;

/** Asks to erase events, by their ids or by a value in their context; one of the two is given. */
public record ErasureRequest(
        @JsonPropertyDescription("ids of the events, 1 to 10000")
        List<String> eventIds,

        @JsonPropertyDescription("path in the context, dots between the names")
        String contextPath,

        @JsonPropertyDescription("value that stands there; kept nowhere")
        String contextValue,

        @JsonPropertyDescription(
                "what the request is filed under, such as a ticket's number; kept, so without personal data; at most 200 characters")
        String reference) {
    private static final int MOST_EVENTS = 10_000;
    private static final int LONGEST_REFERENCE = 200;

    public ErasureRequest {
        if (contextPath != null && contextPath.isBlank()) {
            throw new ContractViolation("contextPath", "must not be blank", contextPath);
        }
        if (eventIds != null) {
            if (eventIds.stream().anyMatch(Objects::isNull)) {
                throw new ContractViolation("eventIds", "must not hold null", eventIds);
            }
            eventIds = List.copyOf(eventIds);
            if (eventIds.isEmpty() || eventIds.size() > MOST_EVENTS) {
                throw new ContractViolation("eventIds", "must have 1 to " + MOST_EVENTS + " entries", eventIds.size());
            }
        }
        if (reference != null && reference.length() > LONGEST_REFERENCE) {
            throw new ContractViolation(
                    "reference", "must have at most " + LONGEST_REFERENCE + " characters", reference.length());
        }
    }

    /** @throws ContractViolation unless it says in exactly one way what is meant */
    public ErasureRequest requireOneWay() {
        if ((eventIds != null) == (contextPath != null)) {
            throw new ContractViolation("eventIds", "must be given, or contextPath and contextValue", eventIds);
        }
        if ((contextPath == null) != (contextValue == null)) {
            throw new ContractViolation("contextPath", "must be given together with contextValue", contextPath);
        }
        return this;
    }
}
