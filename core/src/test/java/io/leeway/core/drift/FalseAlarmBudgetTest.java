package io.leeway.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.drift.FalseAlarmBudget.Share;
import io.leeway.core.testing.RandomValues;
import io.leeway.core.testing.Seed;
import io.leeway.core.testing.SeededRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class FalseAlarmBudgetTest {
    /** Whatever the split, the expected false alarms of all watches in one budget are a third. */
    @Test
    void sharesSpendAThirdTogether() {
        Map<String, Share> shares =
                new FalseAlarmBudget(1_000_000).shares(Map.of("inputs", 2.0, "reward", 1.0, "actions", 1.0));
        double expected = 0;
        for (Share share : shares.values()) {
            expected += 1_000_000 / share.detectorThreshold();
        }
        assertThat(expected).isCloseTo(1.0 / 3, within(1e-12));
        Share inputs = shares.get("inputs");
        assertThat(inputs.part()).isEqualTo(0.5);
        // 4,000 tests in a budget, each at the level.
        assertThat(inputs.level(250) * 4000).isCloseTo(0.5 / 3, within(1e-12));
        // One value per 100 events: as many values as the share has of them.
        assertThat(inputs.detectorThreshold(0.01)).isCloseTo(inputs.detectorThreshold() / 100, within(1e-6));
        assertThat(FalseAlarmBudget.ofDays(30, 10_000).events()).isEqualTo(300_000);
    }

    /**
     * Budget of 5,000 feedbacks over windows of 4 inputs and two detectors: 300 budgets, 100 alarms are the bound on the expectation;
     * its Poisson deviation is 10.
     */
    @Test
    @Seed(20261121)
    void windowsAndDetectorsTogetherKeepOneBudget(Random random) {
        double budget = 5_000;
        Map<String, Share> shares =
                new FalseAlarmBudget(budget).shares(Map.of("inputs", 1.0, "reward", 0.5, "error", 0.5));
        int alarms = 0;
        for (int loop = 0; loop < 15; loop++) {
            Map<String, InputProfile> reference = profile(random, 5000);
            Detector reward = new EDetector(shares.get("reward").detectorThreshold(), 100);
            Detector error = new EDetector(shares.get("error").detectorThreshold(), 100);
            for (int event = 1; event <= 100_000; event++) {
                alarms += reward.add(random.nextDouble() < 0.1 ? 1 : 0) ? 1 : 0;
                alarms += error.add(random.nextGaussian()) ? 1 : 0;
                if (event % 500 == 0) {
                    TableDrift.Report report = TableDrift.compare(
                            whole(reference),
                            whole(profile(random, 500)),
                            shares.get("inputs").level(500),
                            0);
                    alarms += report.drifted() ? 1 : 0;
                }
            }
        }
        assertThat(alarms).isBetween(5, 140);
    }

    @Test
    void refusesWhatIsNoBudget() {
        assertThatThrownBy(() -> new FalseAlarmBudget(0)).hasMessage("must be >= 1: events=0.0");
        assertThatThrownBy(() -> new FalseAlarmBudget(10).share(1.5)).hasMessage("must be in (0, 1]: part=1.5");
        assertThatThrownBy(() -> new FalseAlarmBudget(10).share(1).level(0))
                .hasMessage("must be > 0: eventsBetweenTests=0.0");
    }

    private static Profile whole(Map<String, InputProfile> inputs) {
        return new Profile(5000, inputs, InputProfile.EMPTY, InputProfile.EMPTY, InputProfile.EMPTY);
    }

    private static Map<String, InputProfile> profile(Random random, int rows) {
        Map<String, InputProfile> inputs = new HashMap<>();
        for (int c = 0; c < 4; c++) {
            double[] values = RandomValues.gaussians(random, rows);
            inputs.put("c" + c, new InputProfile(rows, 0, rows, 0, 1, Quantiles.of(values), Map.of(), 0));
        }
        return inputs;
    }
}
