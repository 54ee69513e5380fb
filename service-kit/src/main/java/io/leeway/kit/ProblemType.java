package io.leeway.kit;

/** The kinds of problem that a call can meet: type, title and status of each, which never vary. */
public enum ProblemType {
    MALFORMED("malformed", "The body cannot be read", 400),
    INVALID("invalid", "A value breaks the contract", 400),
    UNKNOWN_LOOP("unknown-loop", "There is no such loop", 404),
    UNAUTHORIZED("unauthorized", "The call does not say who asks", 401),
    NOT_FOUND("not-found", "There is no such thing", 404),
    METHOD_NOT_ALLOWED("method-not-allowed", "This path does not answer that method", 405),
    CONFLICT("conflict", "That contradicts what is already there", 409),
    TOO_LARGE("too-large", "The body is too large", 413),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", "The content type is not supported", 415),
    TOO_MANY("too-many", "There are too many calls", 429),
    INTERNAL("internal", "Something failed on our side", 500),
    UNAVAILABLE("unavailable", "Not able to answer now", 503),
    OTHER("other", "The call was refused", 400);

    private static final String BASE = "/problems/";

    private final String name;
    private final String title;
    private final int status;

    ProblemType(String name, String title, int status) {
        this.name = name;
        this.title = title;
        this.status = status;
    }

    public String type() {
        return BASE + name;
    }

    public String title() {
        return title;
    }

    public int status() {
        return status;
    }

    /** The type for a status that a framework chose. */
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 400 -> MALFORMED;
            case 401 -> UNAUTHORIZED;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 409 -> CONFLICT;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 429 -> TOO_MANY;
            case 503 -> UNAVAILABLE;
            default -> status >= 500 ? INTERNAL : OTHER;
        };
    }
}
