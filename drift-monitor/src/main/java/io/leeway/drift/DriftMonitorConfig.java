package io.leeway.drift;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;

/** Settings of this service; those of a loop are in its {@code DriftSettings}. */
@ConfigMapping(prefix = "drift-monitor")
public interface DriftMonitorConfig {
    /** Partitions of the topic that events are rekeyed through; fixed once that topic has been made. */
    @WithDefault("6")
    @Min(1)
    @Max(1000)
    int partitions();

    /** How long a retrain request counts as open when nothing is heard of it. */
    @WithDefault("PT15M")
    @NotNull
    Duration requestPatience();

    /** How often schedules are looked at, changed settings and models are noticed, and the status is renewed. */
    @WithDefault("PT1S")
    @NotNull
    Duration tick();

    /** Drift events that are kept of each loop for those who ask. */
    @WithDefault("200")
    @Min(1)
    @Max(100_000)
    int historyPerLoop();
}
