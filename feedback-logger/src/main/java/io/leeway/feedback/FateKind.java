package io.leeway.feedback;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What became of a record that is not simply part of its feedback's first revision. */
public enum FateKind {
    /** A reward that is part of the feedback after all: an earlier fate no longer holds. */
    @JsonProperty("counted")
    COUNTED,
    /** A reward of a time after the wait. */
    @JsonProperty("late")
    LATE,
    /** A record that repeats an earlier one. */
    @JsonProperty("duplicate")
    DUPLICATE,
    /** A reward whose backward window passed without a decision. */
    @JsonProperty("orphan")
    ORPHAN,
    /** A reward for a slot that its decision does not have. */
    @JsonProperty("unknownSlot")
    UNKNOWN_SLOT,
    /** A reward beyond the number that one event may have. */
    @JsonProperty("excess")
    EXCESS,
    /** An activation of a time after the wait. */
    @JsonProperty("lateActivation")
    LATE_ACTIVATION,
    /** A deferred decision whose wait ended without an activation. */
    @JsonProperty("neverActivated")
    NEVER_ACTIVATED,
    /** A decision with an event id that had been answered differently. */
    @JsonProperty("conflicting")
    CONFLICTING,
    /** A record that cannot be used; its loop may be empty. */
    @JsonProperty("deadLettered")
    DEAD_LETTERED
}
