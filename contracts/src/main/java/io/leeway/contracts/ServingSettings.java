package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How a loop answers, beside how it explores. */
public record ServingSettings(
        @JsonPropertyDescription(
                "online (default): the policy chooses; apprentice: the baseline is answered and imitated; loggingOnly: the baseline is answered")
        ServingMode mode,

        @JsonPropertyDescription(
                "share of the decisions that the challenger makes while there is one, in [0, 0.5]; default 0")
        Double canaryShare) {

    public static final ServingSettings DEFAULT = new ServingSettings(null, null);

    public ServingSettings {
        mode = Check.or(mode, ServingMode.ONLINE);
        canaryShare = Check.within("canaryShare", Check.or(canaryShare, 0.0), 0, 0.5);
    }

    public ServingSettings withMode(ServingMode mode) {
        return new ServingSettings(mode, canaryShare);
    }
}
