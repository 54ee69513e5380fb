package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The steps of a pipeline. */
public enum StepName {
    /** Makes off-policy records from simulated users under a random policy. */
    @JsonProperty("Generator")
    GENERATOR,
    /** Brings records into the log, or takes the training set from it. */
    @JsonProperty("Ingester")
    INGESTER,
    /** Trains a candidate on that set. */
    @JsonProperty("Trainer")
    TRAINER,
    /** Gates, registers and publishes the candidate. */
    @JsonProperty("Deployer")
    DEPLOYER
}
