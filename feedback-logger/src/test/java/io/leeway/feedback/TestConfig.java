package io.leeway.feedback;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;

/** The configuration as it is when nobody sets anything. */
public final class TestConfig {
    private TestConfig() {}

    public static FeedbackLoggerConfig defaults() {
        return new SmallRyeConfigBuilder()
                .withMapping(FeedbackLoggerConfig.class)
                .withConverter(
                        io.quarkus.runtime.configuration.MemorySize.class,
                        100,
                        new io.quarkus.runtime.configuration.MemorySizeConverter())
                .build()
                .getConfigMapping(FeedbackLoggerConfig.class);
    }

    public static Plausible plausible(Clock clock, FeedbackLoggerConfig config) {
        return new Plausible(clock, config);
    }
}
