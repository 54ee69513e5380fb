package io.leeway.contracts;

/** A document that is not JSON or not a valid value of the type asked for. */
public final class UnreadableJsonException extends RuntimeException {
    private final String field;

    public UnreadableJsonException(String field, String message, Throwable cause) {
        super(field.isEmpty() ? message : field + ": " + message, cause);
        this.field = field;
    }

    /** The path of the field at fault, as in {@code actions[2].id}; empty if the document as a whole is at fault. */
    public String field() {
        return field;
    }
}
