package io.leeway.kit;

import io.leeway.contracts.rest.Problem.FieldError;
import java.time.Duration;
import java.util.List;

/** A refusal that the caller should read; the base of every service's own exceptions. */
public class ProblemException extends RuntimeException {
    private final ProblemType type;
    private final transient List<FieldError> errors;

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    public ProblemException(ProblemType type, String detail, List<FieldError> errors) {
        super(detail);
        this.type = type;
        this.errors = List.copyOf(errors);
    }

    public ProblemType type() {
        return type;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** How long the caller should wait before it tries again; null where that would not help. */
    public Duration retryAfter() {
        return null;
    }
}
