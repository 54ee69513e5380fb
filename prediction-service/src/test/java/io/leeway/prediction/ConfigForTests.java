package io.leeway.prediction;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The configuration as it is read from properties. */
final class ConfigForTests {
    private ConfigForTests() {}

    static PredictionConfig defaults() {
        return with(Map.of());
    }

    static PredictionConfig with(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(PredictionConfig.class)
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withDefaultValue("prediction-service.journal.directory", "target/journal")
                .withSources(new PropertiesConfigSource(properties, "test", 1000))
                .build()
                .getConfigMapping(PredictionConfig.class);
    }
}
