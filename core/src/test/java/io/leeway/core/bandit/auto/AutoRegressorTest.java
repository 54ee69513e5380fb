package io.leeway.core.bandit.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.core.features.SparseVector;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AutoRegressorTest {
    /** The variance of the noise is 0.01; no linear function explains any of the product of two numbers. */
    @Test
    void learnsAProductOfTwoNumbers() {
        AutoRegressor regressor = new AutoRegressor();
        Random random = new Random(21);
        double squares = 0;
        double total = 0;
        for (int i = 0; i < 2000; i++) {
            SparseVector features =
                    SparseVector.dense(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
            double value = 500 + 100 * (features.value(0) * features.value(1) + 0.1 * random.nextGaussian());
            if (i >= 1000) {
                squares += Math.pow(regressor.predict(features) - value, 2);
                total += Math.pow(500 - value, 2);
            }
            regressor.learn(features, value);
        }

        assertThat(squares / total).isLessThan(0.15);
    }

    @Test
    void refusesWhatIsNotFinite() {
        AutoRegressor regressor = new AutoRegressor();

        assertThatThrownBy(() -> regressor.learn(SparseVector.dense(1), Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be finite: observed=NaN");
        assertThat(regressor.predict(SparseVector.dense(1))).isFinite();
    }
}
