package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What is wrong with a call, as {@code application/problem+json} (RFC 9457). */
public record Problem(
        @JsonPropertyDescription("identifies the kind of problem, a URI reference")
        String type,

        @JsonPropertyDescription("the kind of problem in words; never varies for a type")
        String title,

        @JsonPropertyDescription("HTTP status code") int status,

        @JsonPropertyDescription("what is wrong with this call, naming field and value")
        String detail,

        @JsonPropertyDescription("path of the call") String instance,

        @JsonPropertyDescription("every bad field at once; absent where no field is to blame")
        List<FieldError> errors) {

    /** One bad field. */
    public record FieldError(
            @JsonPropertyDescription("path of the field, as in actions[2].id")
            String field,

            @JsonPropertyDescription("constraint and the value that breaks it")
            String message) {}
}
