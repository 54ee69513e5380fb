package io.leeway.prediction;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What can be set of this service beside its channels. */
@ConfigMapping(prefix = "prediction-service")
public interface PredictionConfig {
    /** Most actions that a decision may choose among. A log record has to hold each with its probability. */
    @WithDefault("10000")
    @Min(1)
    @Max(20_000)
    int mostActions();

    Remembered remembered();

    Log log();

    /** Answers kept so that a repeated event id gets the same answer and is not logged again. */
    interface Remembered {
        /** How long an answer is kept at least, unless there are more than {@link #answers()}. */
        @WithDefault("PT5M")
        Duration time();

        /** How many answers are kept; one with more than 16 actions counts as several. About 1 KB each. */
        @WithDefault("50000")
        @Min(1)
        int answers();
    }

    /** The wait for the broker's word: nothing is answered that has not been logged. */
    interface Log {
        /**
         * How long a call waits for the broker's word on what was sent before it is refused. Where the broker cannot even be
         * asked what it has, a call waits for {@code mp.messaging.outgoing.events.max.block.ms} before.
         */
        @WithDefault("PT5S")
        Duration patience();

        /** How long calls are refused at once after the broker has failed one, and what Retry-After says. */
        @WithDefault("PT1S")
        Duration retryAfter();
    }
}
