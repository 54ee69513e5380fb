package io.leeway.feedback;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Optional;

/** What an operator can set of the feedback logger. */
@ConfigMapping(prefix = "feedback-logger")
public interface FeedbackLoggerConfig {
    @NotNull
    Join join();

    @NotNull
    Intake intake();

    @NotNull
    Landing landing();

    @NotNull
    Imports imports();

    @NotNull
    Pages pages();

    /** How often the loops' counts are read from the database for the metrics. */
    @WithDefault("PT15S")
    @NotNull
    Duration counts();

    @NotNull
    Retention retention();

    /** How the join keeps time. */
    interface Join {
        /** How much longer than its time says a record may be under way before something is said without it. */
        @WithDefault("PT0.2S")
        Duration grace();

        /** How often it is looked what is due. */
        @WithDefault("PT0.05S")
        Duration tick();

        /** Events that are closed in one go at the most; keeps transactions short after a downtime. */
        @WithDefault("1000")
        @Min(1)
        int eventsPerTick();

        /** How often it is looked how far the join has come. */
        @WithDefault("PT0.05S")
        Duration progress();
    }

    /** What is taken for usable. */
    interface Intake {
        /** How long a record of a loop that nobody knows waits for it; the loop may be on its way. */
        @WithDefault("PT2S")
        Duration unknownLoopPatience();

        /** How far ahead of ours the clock of a producer may be. */
        @WithDefault("PT24H")
        Duration clockAhead();

        /** Largest decision; its feedback, which holds it, must fit into a record, too. */
        @WithDefault("3M")
        MemorySize largestDecision();

        /** Largest reward or activation; the join holds them all while it waits. */
        @WithDefault("64K")
        MemorySize largestReward();
    }

    /** How rows reach the database. */
    interface Landing {
        /** Pause after the first failure; it doubles up to the longest. */
        @WithDefault("PT0.2S")
        Duration firstPause();

        @WithDefault("PT5S")
        Duration longestPause();
    }

    /** How history comes in. */
    interface Imports {
        @WithDefault("500")
        @Min(1)
        int batchRows();

        @WithDefault("1M")
        MemorySize longestLine();

        /** How long an import waits for its rows to be in the database before it answers. */
        @WithDefault("PT15S")
        Duration landingPatience();

        /** Rejected lines that are named in the answer at the most; the others are only counted. */
        @WithDefault("1000")
        @Min(1)
        int namedRejections();
    }

    /** How lists are cut. */
    interface Pages {
        @WithDefault("100")
        @Min(1)
        int defaultLimit();

        @WithDefault("1000")
        @Min(1)
        @Max(10000)
        int largestLimit();
    }

    /** How long rows stay; Kafka keeps its records by itself. */
    interface Retention {
        /** How long events stay, from the time of their decision, in loops that do not say; for ever unless given. */
        Optional<Duration> keep();

        /** How often it is looked what is old. */
        @WithDefault("PT1H")
        Duration every();

        /** How far ahead there are partitions. */
        @WithDefault("P14D")
        Duration ahead();
    }
}
