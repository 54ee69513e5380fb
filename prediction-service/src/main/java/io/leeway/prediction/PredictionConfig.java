package io.leeway.prediction;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** What can be set of this service beside its channels. */
@ConfigMapping(prefix = "prediction-service")
public interface PredictionConfig {
    /** Most actions that a decision may choose among. A log record has to hold each with its probability. */
    @WithDefault("10000")
    @Min(1)
    @Max(20_000)
    int mostActions();

    /** Most calls a second of a loop that does not say, on this instance; beyond it a caller gets 429. */
    @WithDefault("20000")
    @Min(1)
    @Max(100_000_000)
    int mostPerSecond();

    /** Longest time in which a model of a loop that does not say may score the actions of one decision; a slower one is refused. */
    @WithDefault("PT0.05S")
    Duration modelTimeBudget();

    /** Whether the calls answer that a load benchmark compares decisions with. */
    @WithDefault("false")
    boolean baselines();

    /** Most requests in one batch. */
    @WithDefault("1000")
    @Min(1)
    @Max(10_000)
    int mostBatchItems();

    Personalizer personalizer();

    Remembered remembered();

    Log log();

    Journal journal();

    /** What Personalizer's clients need. */
    interface Personalizer {
        /** Loop of each key that calls may bring. Without any, the name of a loop is its key. */
        Map<String, String> keys();

        /** Where training-service is, which owns loops: their configuration is forwarded to it. */
        @WithDefault("http://127.0.0.1:8083")
        URI training();

        /** How long training-service is waited for. */
        @WithDefault("PT5S")
        Duration patience();
    }

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

    /** The wait for the broker's word, in loops that ask for it before the answer. */
    interface Log {
        /** How long a call waits for the broker's word on what was sent before it is refused. */
        @WithDefault("PT5S")
        Duration patience();

        /** How long calls are refused at once after the log has failed one, and what Retry-After says. */
        @WithDefault("PT1S")
        Duration retryAfter();
    }

    /** Where answers are kept until the broker has them. */
    interface Journal {
        /** Its folder, of this instance alone; what is in it is as precious as a topic. */
        String directory();

        /** Most that it may take on disk; it takes as much only while the broker is away. */
        @WithDefault("4G")
        MemorySize bound();

        /** Size of each of its files. */
        @WithDefault("32M")
        MemorySize segment();

        /** How long the service goes on shipping when it is told to stop; the rest is shipped by the next start. */
        @WithDefault("PT5S")
        Duration drain();
    }
}
