package io.leeway.training;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of training-service. */
@ConfigMapping(prefix = "training-service")
public interface TrainingConfig {
    /** Where jobs have their working folders and native libraries are unpacked. */
    @WithDefault(".leeway/training-service")
    Path stateDir();

    /** Commit of the source, for the provenance; found out from the checkout when absent. */
    Optional<String> commit();

    @Valid
    JobsConfig jobs();

    @Valid
    TrainerConfig trainer();

    @Valid
    GatesConfig gates();

    @Valid
    ContinuousConfig continuous();

    @Valid
    RetentionConfig retention();

    /** The queue. */
    interface JobsConfig {
        /** Jobs that this instance runs at once, of different loops; most of them wait for feedback. */
        @WithDefault("16")
        @Min(1)
        int slots();

        /** How long a job stays with an instance that has gone silent. */
        @WithDefault("30S")
        Duration lease();

        /** How often the queue is looked at. */
        @WithDefault("0.3S")
        Duration look();

        /** How often a job is begun before it is given up. */
        @WithDefault("3")
        @Min(1)
        int attempts();

        /** Pause before a job that failed for a reason that may pass is tried again; it doubles with each attempt. */
        @WithDefault("5S")
        Duration backoff();

        /** How long the Ingester waits for enough feedback. */
        @WithDefault("10M")
        Duration feedbackWait();
    }

    /** The child processes that train. */
    interface TrainerConfig {
        /** How many train at once. */
        @WithDefault("1")
        @Min(1)
        int processes();

        /** How many are kept in reserve, warm: each spares a job the seconds that the backend takes to load, and holds some 250 MB. */
        @WithDefault("1")
        @Min(0)
        int spares();

        /** Threads of native code in each; on a busy machine one is faster than two. */
        @WithDefault("1")
        @Min(1)
        int threads();

        /**
         * What computes networks: dl4j, on the processor or with -Pgpu on a graphics processor; java, its plain twin; or auto: dl4j, but
         * java for networks that are too small for it.
         */
        @WithDefault("dl4j")
        @Pattern(regexp = "auto|dl4j|java")
        String engine();

        /** Largest heap of each. */
        @WithDefault("1G")
        MemorySize heap();

        /** Above this a training is ended. */
        @WithDefault("30M")
        Duration timeout();
    }

    /** Continuous learning. */
    interface ContinuousConfig {
        /** Most that the kept checkpoints of one loop take up; the oldest go first, the newest stays. */
        @WithDefault("1G")
        MemorySize mostBytes();
    }

    /** The gates. */
    interface GatesConfig {
        /** One minus the probability that any candidate is promoted by mistake until the world changes; shared by all of them. */
        @WithDefault("0.95")
        @DecimalMin("0.5")
        @DecimalMax("0.999")
        double confidence();

        /** Below this effective sample size of the logged actions the data gate keeps a candidate out. */
        @WithDefault("5")
        @Min(1)
        double effectiveSampleSize();

        /** Most that one day may have of the rows, where they span a week or more. */
        @WithDefault("0.8")
        @DecimalMin("0.1")
        @DecimalMax("1")
        double dayShare();

        /** Most that one action may have of the rows. */
        @WithDefault("0.995")
        @DecimalMin("0.1")
        @DecimalMax("1")
        double actionShare();

        /** Longest time of one answer where the loop's settings say nothing of it; as predictors have it. */
        @WithDefault("0.05S")
        Duration timeBudget();

        /** Newest held-out rows that the quality gate looks at. */
        @WithDefault("20000")
        @Min(10)
        int rows();
    }

    /** What becomes of artifacts that nothing names any more; their versions stay in any case. */
    interface RetentionConfig {
        /** How old an artifact must be before it may go; artifacts are kept for ever unless set. */
        Optional<Duration> age();

        /** So many newest artifacts of each loop stay whatever their age. */
        @WithDefault("10")
        @Min(1)
        int keep();

        /** How long after it lost its last role a version may still be served, by a predictor that is cut off, say. */
        @WithDefault("24H")
        Duration cutOff();

        /** How often it is looked for artifacts that may go. */
        @WithDefault("1H")
        Duration every();
    }
}
