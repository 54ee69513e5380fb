package io.leeway.cli.demo;

import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.TrainingSettings;
import java.time.Duration;

/** Settings of demo loops: everyday ones, with waits that suit traffic that is a thousand times faster. */
final class DemoSettings {
    private DemoSettings() {}

    static TrainingSettings training(String learner, int minimumFeedback) {
        return new TrainingSettings(
                learner, null, null, null, null, null, null, minimumFeedback, 20_000, null, null, null, null);
    }

    static DriftSettings drift() {
        return new DriftSettings(null, null, null, null, null, null, null, Duration.ofSeconds(5), null);
    }
}
