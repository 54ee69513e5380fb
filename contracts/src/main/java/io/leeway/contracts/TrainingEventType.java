package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happened to a job or a model version. */
public enum TrainingEventType {
    @JsonProperty("queued")
    QUEUED,
    /** A request that nobody made by hand, of a loop that is held still. */
    @JsonProperty("declined")
    DECLINED,
    @JsonProperty("merged")
    MERGED,
    @JsonProperty("step")
    STEP,
    @JsonProperty("registered")
    REGISTERED,
    @JsonProperty("promoted")
    PROMOTED,
    @JsonProperty("rejected")
    REJECTED,
    @JsonProperty("failed")
    FAILED,
    /** A job failed for a reason that may pass, and will be tried again. */
    @JsonProperty("retried")
    RETRIED,
    @JsonProperty("cancelled")
    CANCELLED,
    @JsonProperty("rolled-back")
    ROLLED_BACK,
    /** A rollout began, went a step up, or was decided. */
    @JsonProperty("rollout")
    ROLLOUT,
    /** A continuous learner published what it has learned. */
    @JsonProperty("checkpoint")
    CHECKPOINT,
    /** A continuous learner got worse than the version that it goes out from, which serves again. */
    @JsonProperty("reverted")
    REVERTED,
    /** A predictor saw a challenger fail or take too long. */
    @JsonProperty("alarm")
    ALARM,
    /** A predictor could not use a published model and kept the old one. */
    @JsonProperty("refused")
    REFUSED
}
