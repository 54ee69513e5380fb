package io.leeway.core.json;

/** Thrown when text is not JSON as {@link Json} reads it, or a field is absent or of the wrong kind. */
public class JsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }
}
