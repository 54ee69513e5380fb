package io.leeway.cli.demo;

import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.ExplorationSettings;
import io.leeway.contracts.TrainingSettings;
import java.time.Duration;
import java.util.Map;

/** Settings of demo loops: everyday ones, with waits that suit traffic that is a thousand times faster. */
final class DemoSettings {
    private DemoSettings() {}

    static TrainingSettings training(String learner, int minimumFeedback) {
        return new TrainingSettings(
                learner, null, null, null, null, null, null, minimumFeedback, 20_000, null, null, null, null);
    }

    /** Greedier than the default: a demo has thousands of decisions, not millions, to earn back what it explores. */
    static ExplorationSettings exploration() {
        return new ExplorationSettings("squareCb", Map.of("gamma", 500.0), null);
    }

    static DriftSettings drift() {
        return DriftSettings.builder().coolDown(Duration.ofSeconds(5)).build();
    }
}
