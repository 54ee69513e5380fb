package io.leeway.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.json.Json;
import io.leeway.core.testing.RandomValues;
import io.leeway.core.testing.SeededRandom;
import java.util.Map;
import java.util.Random;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class MetricsTest {
    @Test
    void measuresErrorsWorkedOutByHand() {
        RegressionMetrics metrics = RegressionMetrics.of(new double[] {3, 1, 4}, new double[] {1, 2, 4});
        assertThat(metrics.rmse()).isCloseTo(Math.sqrt(5.0 / 3), within(1e-12));
        assertThat(metrics.mae()).isEqualTo(1);
        assertThat(metrics.bias()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(metrics.rows()).isEqualTo(3);
    }

    @Test
    void refusesNothingAndWhatIsNotFinite() {
        assertThatThrownBy(() -> RegressionMetrics.of(new double[0], new double[0]))
                .hasMessageContaining("predicted=0");
        assertThatThrownBy(() -> RegressionMetrics.of(new double[1], new double[2]))
                .hasMessageContaining("observed=2");
        assertThatThrownBy(() -> RegressionMetrics.of(new double[] {Double.NaN}, new double[1]))
                .hasMessageContaining("predicted=NaN");
        assertThatThrownBy(() -> new ProgressiveMean().add(Double.POSITIVE_INFINITY))
                .hasMessageContaining("Infinity");
    }

    @Test
    void runsAsCommonsMathDescribes(Random random) {
        ProgressiveMean running = new ProgressiveMean();
        DescriptiveStatistics described = new DescriptiveStatistics();
        assertThat(running.mean()).isZero();
        assertThat(running.standardError()).isZero();
        for (double value : RandomValues.gaussians(random, 1000)) {
            running.add(1000 + value);
            described.addValue(1000 + value);
        }
        assertThat(running.mean()).isCloseTo(described.getMean(), within(1e-9));
        assertThat(running.standardDeviation()).isCloseTo(described.getStandardDeviation(), within(1e-9));
        assertThat(running.standardError()).isCloseTo(described.getStandardDeviation() / Math.sqrt(1000), within(1e-9));
    }

    @Test
    @SuppressWarnings("unchecked")
    void goesOnAfterARestart(Random random) {
        ProgressiveMean whole = new ProgressiveMean();
        ProgressiveMean restarted = new ProgressiveMean();
        for (double value : RandomValues.gaussians(random, 100)) {
            whole.add(value);
            restarted.add(value);
            restarted = ProgressiveMean.fromJson((Map<String, Object>) Json.read(Json.write(restarted.toJson())));
        }
        assertThat(restarted.mean()).isEqualTo(whole.mean());
        assertThat(restarted.standardError()).isEqualTo(whole.standardError());
        assertThat(restarted.count()).isEqualTo(100);
    }
}
