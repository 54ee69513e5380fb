package io.leeway.core.features;

/** Receives the leaves of a JSON value, as {@link Leaves} finds them. */
public interface LeafVisitor {
    /** A finite number. */
    void number(String path, double value);

    /** A text; a list of texts gives several leaves of one path. */
    void text(String path, String value);

    void flag(String path, boolean value);

    /** An explicit null. */
    void missing(String path);
}
