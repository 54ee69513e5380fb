package io.leeway.core.bandit.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.core.features.SparseVector;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnlineRegressorTest {
    static Map<String, Supplier<OnlineRegressor>> regressors() {
        return Map.of(
                "linear", () -> new LinearRegressor(LinearOptions.defaults()),
                "ridge", () -> new RidgeRegressor(RidgeOptions.defaults()));
    }

    static Iterable<String> names() {
        return regressors().keySet();
    }

    /** Minutes of a ride: 5 + 3 per kilometre, with noise of 1; the unit of the features does not matter. */
    @ParameterizedTest
    @MethodSource("names")
    void findsALineInAnyUnits(String name) {
        for (double unit : new double[] {1, 1e-3, 1e6}) {
            OnlineRegressor regressor = regressors().get(name).get();
            Random random = new Random(4);
            double squares = 0;
            for (int i = 0; i < 3000; i++) {
                double kilometres = 10 * random.nextDouble();
                SparseVector features = SparseVector.dense(kilometres * unit, random.nextGaussian());
                double minutes = 5 + 3 * kilometres + random.nextGaussian();
                double error = regressor.predict(features) - minutes;
                squares += i >= 2000 ? error * error : 0;
                regressor.learn(features, minutes);
            }
            // The variance of the minutes is 75, that of the noise 1.
            assertThat(squares / 1000).as("mean squared error at unit " + unit).isLessThan(1.6);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void recoversFromWildNumbers(String name) {
        OnlineRegressor regressor = regressors().get(name).get();
        Random random = new Random(5);
        double[] wild = {1e300, -1e300, 1e-300, Double.MAX_VALUE, 0};
        for (int i = 0; i < 200; i++) {
            double number = wild[random.nextInt(wild.length)];
            assertThat(regressor.predict(SparseVector.dense(number))).isFinite();
            regressor.learn(SparseVector.dense(number), wild[random.nextInt(wild.length)]);
        }
        double squares = 0;
        for (int i = 0; i < 6000; i++) {
            double x = random.nextGaussian();
            double error = regressor.predict(SparseVector.dense(x)) - 2 * x;
            squares += i >= 5500 ? error * error : 0;
            regressor.learn(SparseVector.dense(x), 2 * x);
        }
        assertThat(squares / 500).isLessThan(0.5);
    }

    @ParameterizedTest
    @MethodSource("names")
    void refusesWhatIsNotFinite(String name) {
        OnlineRegressor regressor = regressors().get(name).get();
        assertThatThrownBy(() -> regressor.learn(SparseVector.dense(1), Double.NaN))
                .hasMessage("must be finite: reward=NaN");
    }
}
