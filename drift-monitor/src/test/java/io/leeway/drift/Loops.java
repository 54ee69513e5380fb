package io.leeway.drift;

import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.TrainingSettings;
import java.time.Duration;
import java.time.Instant;

/** Loops for tests, and the settings that tests vary. */
public final class Loops {
    public static final Instant BORN = Instant.parse("2026-01-01T00:00:00Z");
    private static final TrainingSettings SOON = training(10, null, null);

    private Loops() {}

    /** Settings that watch as by default but ask without a quiet time. */
    public static DriftSettings eager() {
        return drift(1000, false, Duration.ZERO, 24);
    }

    public static DriftSettings drift(int windowRows, boolean retrainOnInputs, Duration coolDown, int retrainsPerDay) {
        return DriftSettings.builder()
                .windowRows(windowRows)
                .retrain(true)
                .retrainOnInputs(retrainOnInputs)
                .coolDown(coolDown)
                .retrainsPerDay(retrainsPerDay)
                .build();
    }

    public static TrainingSettings training(int minimumFeedback, Duration every, Integer everyFeedback) {
        return new TrainingSettings(
                null, null, null, null, null, null, null, minimumFeedback, null, null, every, everyFeedback, null);
    }

    public static Loop bandit(String name, DriftSettings drift) {
        return loop(name, LoopKind.BANDIT, drift, SOON);
    }

    public static Loop regression(String name, DriftSettings drift) {
        return loop(name, LoopKind.REGRESSION, drift, SOON);
    }

    public static Loop loop(String name, LoopKind kind, DriftSettings drift, TrainingSettings training) {
        LoopSettings settings = LoopSettings.builder(kind)
                .reward(RewardSettings.DEFAULT)
                .training(training)
                .drift(drift)
                .build();
        return new Loop(name, 1, "salt", settings, null, BORN, BORN, null);
    }

    public static Loop changed(Loop loop, DriftSettings drift) {
        LoopSettings all = loop.settings();
        LoopSettings settings = LoopSettings.builder(all.kind())
                .reward(all.reward())
                .training(all.training())
                .drift(drift)
                .build();
        return new Loop(loop.name(), loop.revision() + 1, loop.salt(), settings, loop.freeze(), BORN, BORN, null);
    }
}
