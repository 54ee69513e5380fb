package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The two ways to a model. */
public enum Pipeline {
    /** Run once: Generator, Ingester, Trainer, Deployer. */
    @JsonProperty("startup")
    STARTUP,
    /** Run on every trigger: Ingester, Trainer, Deployer. */
    @JsonProperty("retraining")
    RETRAINING
}
