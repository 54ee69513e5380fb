package io.leeway.core.drift;

/** What changed of the distribution of a number. */
public enum ChangeKind {
    /** Values are larger, or smaller, than they were. */
    LEVEL,
    /** Values scatter more, or less, around the same level. */
    SPREAD,
    /** Neither accounts for it: gaps, peaks, one tail. */
    SHAPE
}
