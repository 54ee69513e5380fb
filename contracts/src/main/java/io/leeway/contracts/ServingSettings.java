package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;

/** How a loop answers, beside how it explores. */
public record ServingSettings(
        @JsonPropertyDescription(
                "online (default): the policy chooses; apprentice: the baseline is answered and imitated; loggingOnly: the baseline is answered")
        ServingMode mode,

        @JsonPropertyDescription(
                "share of the decisions that the challenger makes while there is one, in [0, 0.5]; default 0")
        Double canaryShare,

        @JsonPropertyDescription(
                "most calls a second of this loop on each instance, items of batches counted one by one, in [1, 100000000]; beyond it 429; default prediction-service.most-per-second")
        Integer mostPerSecond,

        @JsonPropertyDescription(
                "longest time in which a model may score the actions of one decision, ISO 8601, > 0; a slower model is refused when it is published; default prediction-service.model-time-budget")
        Duration timeBudget) {

    public static final ServingSettings DEFAULT = new ServingSettings(null, null);

    public ServingSettings {
        mode = Check.or(mode, ServingMode.ONLINE);
        canaryShare = Check.within("canaryShare", Check.or(canaryShare, 0.0), 0, 0.5);
        if (mostPerSecond != null) {
            Check.within("mostPerSecond", mostPerSecond, 1, 100_000_000);
        }
        if (timeBudget != null && (timeBudget.isZero() || timeBudget.isNegative())) {
            throw new ContractViolation("timeBudget", "must be > 0", timeBudget);
        }
    }

    /** A loop with the limits of the service. */
    public ServingSettings(ServingMode mode, Double canaryShare) {
        this(mode, canaryShare, null, null);
    }

    public ServingSettings withMode(ServingMode mode) {
        return new ServingSettings(mode, canaryShare, mostPerSecond, timeBudget);
    }
}
