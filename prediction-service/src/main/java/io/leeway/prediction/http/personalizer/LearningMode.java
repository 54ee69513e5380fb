package io.leeway.prediction.http.personalizer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.leeway.contracts.ServingMode;

/** Serving modes under Personalizer's names. */
public enum LearningMode {
    @JsonProperty("Online")
    ONLINE(ServingMode.ONLINE),
    @JsonProperty("Apprentice")
    APPRENTICE(ServingMode.APPRENTICE),
    @JsonProperty("LoggingOnly")
    LOGGING_ONLY(ServingMode.LOGGING_ONLY);

    private final ServingMode mode;

    LearningMode(ServingMode mode) {
        this.mode = mode;
    }

    ServingMode mode() {
        return mode;
    }

    static LearningMode of(ServingMode mode) {
        for (LearningMode one : values()) {
            if (one.mode == mode) {
                return one;
            }
        }
        throw new IllegalStateException("every mode has a name: " + mode);
    }
}
