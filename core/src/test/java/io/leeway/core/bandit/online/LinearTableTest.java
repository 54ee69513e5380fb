package io.leeway.core.bandit.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.testing.SeededRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class LinearTableTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    @Test
    void isEqualToThePlainAlgorithm(Random random) {
        LinearTable fast = new LinearTable(20, 0.5);
        PlainLinearTable plain = new PlainLinearTable(0.5);
        double worst = 0;
        for (int i = 0; i < 3000; i++) {
            Map<Integer, Double> row = row(random, 12);
            // Deviation 2.2: no error reaches the steepest gradient, which the papers do not cut off (18 is 8
            // deviations away).
            double target = random.nextGaussian() + row.getOrDefault(3, 0.0) / 2;
            worst = Math.max(worst, Math.abs(fast.predict(features(row), 0) - plain.predict(row)));
            double weight = random.nextInt(4) == 0 ? 5 * random.nextDouble() : 1;
            fast.learn(features(row), 0, target, -2, 2, weight, 1);
            plain.learn(row, target, -2, 2, weight);
        }
        // Weights are floats: 2^-24 each step of each of 12 weights, values up to 30, 3000 steps that partly cancel.
        assertThat(worst).isLessThan(1e-3);
    }

    @Test
    void doesNotDependOnTheFeaturesScales(Random random) {
        LinearTable small = new LinearTable(20, 0.5);
        LinearTable large = new LinearTable(20, 0.5);
        double[] scale = {1, 1e6, 1e-6, 1024, 3, 1e9};
        for (int i = 0; i < 500; i++) {
            FeatureRow one = new FeatureRow();
            FeatureRow other = new FeatureRow();
            for (int name = 0; name < scale.length; name++) {
                double value = random.nextGaussian();
                one.add(name, value);
                other.add(name, value * scale[name]);
            }
            assertThat(large.predict(other, 0)).isCloseTo(small.predict(one, 0), within(1e-3));
            double target = one.value(1) - one.value(5);
            small.learn(one, 0, target, -INFINITE, INFINITE, 1, 1);
            large.learn(other, 0, target, -INFINITE, INFINITE, 1, 1);
        }
    }

    @Test
    void stepsAreInProportionToTheUnitOfTheTargets(Random random) {
        LinearTable one = new LinearTable(20, 0.5);
        LinearTable thousand = new LinearTable(20, 0.5);
        for (int i = 0; i < 500; i++) {
            FeatureRow row = features(row(random, 6));
            assertThat(thousand.predict(row, 0)).isCloseTo(1000 * one.predict(row, 0), within(2.0));
            double target = random.nextGaussian();
            one.learn(row, 0, target, -INFINITE, INFINITE, 1, 1);
            thousand.learn(row, 0, 1000 * target, -INFINITE, INFINITE, 1, 1000);
        }
    }

    @Test
    void importanceNeverMovesAPredictionPastItsTarget(Random random) {
        for (double weight : new double[] {0.1, 1, 50, 1e6}) {
            LinearTable table = new LinearTable(16, 3);
            FeatureRow scale = new FeatureRow();
            for (int name = 0; name < 5; name++) {
                scale.add(name, 1);
            }
            table.learn(scale, 0, 1, -INFINITE, INFINITE, 1, 1);
            for (int i = 0; i < 100; i++) {
                FeatureRow row = new FeatureRow();
                for (int name = 0; name < 5; name++) {
                    row.add(name, 2 * random.nextDouble() - 1); // within the scale: nothing is cut off
                }
                double before = table.predict(row, 0);
                double target = random.nextGaussian() * 3;
                table.learn(row, 0, target, -INFINITE, INFINITE, weight, 1);
                double moved = (table.predict(row, 0) - before) * Math.signum(target - before);
                assertThat(moved).isBetween(-1e-4, Math.abs(target - before) + 1e-4); // of float weights
            }
        }
        LinearTable table = new LinearTable(16, 3);
        FeatureRow row = new FeatureRow();
        row.add(1, 1);
        row.add(2, -1);
        table.learn(row, 0, 2, -INFINITE, INFINITE, 1e9, 1);
        assertThat(table.predict(row, 0)).isCloseTo(2, within(1e-5)).isLessThanOrEqualTo(2 + 1e-6);
    }

    @Test
    void seedsGiveActionsWeightsOfTheirOwn() {
        LinearTable table = new LinearTable(18, 0.5);
        FeatureRow row = new FeatureRow();
        row.add(7, 1);
        for (int i = 0; i < 100; i++) {
            table.learn(row, 11, 1, 0, 1, 1, 1);
        }
        assertThat(table.predict(row, 11)).isCloseTo(1, within(0.02));
        assertThat(table.predict(row, 12)).isZero();
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> new LinearTable(27, 1)).hasMessage("must be in [1, 26]: bits=27");
        assertThatThrownBy(() -> new LinearTable(18, 0)).hasMessage("must be > 0: learningRate=0.0");
    }

    private static Map<Integer, Double> row(Random random, int names) {
        Map<Integer, Double> row = new LinkedHashMap<>();
        for (int name = 0; name < names; name++) {
            if (random.nextInt(3) > 0) {
                row.put(name, random.nextGaussian() * (1 + name));
            }
        }
        return row;
    }

    private static FeatureRow features(Map<Integer, Double> row) {
        FeatureRow features = new FeatureRow();
        row.forEach(features::add);
        return features;
    }
}
