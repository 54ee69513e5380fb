package io.leeway.core.promotion;

/** What the events so far prove of a candidate against its reference. */
public enum Evidence {
    /** Better by more than the wanted gain. */
    BETTER,
    /** Not worse by more than the tolerance. */
    NOT_WORSE,
    /** Worse by more than the tolerance. */
    WORSE,
    /** None of these. */
    OPEN;

    /** Whether a candidate may be promoted on it. */
    public boolean promotes() {
        return this == BETTER || this == NOT_WORSE;
    }
}
