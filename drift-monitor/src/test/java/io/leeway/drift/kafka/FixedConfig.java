package io.leeway.drift.kafka;

import io.leeway.drift.DriftMonitorConfig;
import java.time.Duration;

/** Settings of a test. */
record FixedConfig(int partitions, Duration requestPatience, Duration tick, int historyPerLoop, Webhooks webhooks)
        implements DriftMonitorConfig {
    static final FixedConfig DEFAULT = new FixedConfig(6, Duration.ofMinutes(15), Duration.ofSeconds(1), 200, null);
}
