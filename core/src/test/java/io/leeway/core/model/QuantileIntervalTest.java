package io.leeway.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuantileIntervalTest {
    /** The quantiles that a network stated, and what was then seen. */
    private record Rows(Forecast.Bounds[] stated, double[] observed) {
        double coverage(QuantileInterval interval) {
            int held = 0;
            for (int i = 0; i < observed.length; i++) {
                Forecast.Bounds raw = stated[i];
                held += interval.around(raw.lower(), raw.lower(), raw.upper()).holds(observed[i]) ? 1 : 0;
            }
            return (double) held / observed.length;
        }
    }

    /**
     * Values spread evenly over [0, scale], of which a network states the part from {@code from} to {@code to}.
     *
     * @param wave by how much more the values scatter in each second tenth of the rows
     */
    private static Rows rows(int count, long seed, double from, double to, double wave) {
        SplittableRandom random = new SplittableRandom(seed);
        Forecast.Bounds[] stated = new Forecast.Bounds[count];
        double[] observed = new double[count];
        for (int i = 0; i < count; i++) {
            double scale = 1 + 9 * random.nextDouble();
            stated[i] = new Forecast.Bounds(0.8, from * scale, to * scale);
            double scatter = 1 + (i * 10L / count % 2) * wave;
            observed[i] = scale * (0.5 + scatter * (random.nextDouble() - 0.5));
        }
        return new Rows(stated, observed);
    }

    @Test
    void tooNarrowOrTooWideOrMovedQuantilesAreMadeToHoldTheirShareOnNewRows() {
        for (double[] part : new double[][] {{0.3, 0.6}, {-0.4, 1.5}, {0.5, 1.2}, {0.1, 0.9}}) {
            Rows old = rows(20_000, 1, part[0], part[1], 0);
            QuantileInterval interval =
                    QuantileInterval.learn(0.8, old.stated(), old.observed()).orElseThrow();
            // The share of 20,000 rows has a deviation of 0.003; what is aimed at beyond the level is at most some
            // 0.006.
            assertThat(rows(20_000, 2, part[0], part[1], 0).coverage(interval))
                    .as("stated from %s to %s", part[0], part[1])
                    .isCloseTo(0.8, within(0.015));
            // Each end holds its own tenth: the true quantiles of a value spread over [0, 5] are 0.5 and 4.5.
            Forecast.Bounds of5 = interval.around(2.5, 5 * part[0], 5 * part[1]);
            assertThat(of5.lower()).isCloseTo(0.5, within(0.1));
            assertThat(of5.upper()).isCloseTo(4.5, within(0.1));
        }
    }

    @Test
    void whereBlocksDifferMoreThanByChanceTheAimIsHigher() {
        Rows even = rows(5000, 3, 0.1, 0.9, 0);
        Rows uneven = rows(5000, 3, 0.1, 0.9, 0.8);
        double alike = even.coverage(
                QuantileInterval.learn(0.8, even.stated(), even.observed()).orElseThrow());
        double waving = uneven.coverage(
                QuantileInterval.learn(0.8, uneven.stated(), uneven.observed()).orElseThrow());
        assertThat(alike).isBetween(0.8, 0.815);
        assertThat(waving).isGreaterThan(alike + 0.02);
    }

    @Test
    void crossedQuantilesAreTurnedAndThePredictionLiesWithinWhatIsNotMovedInwards() {
        Forecast.Bounds crossed = QuantileInterval.raw(0.8).around(2, 3, 1);
        assertThat(crossed).isEqualTo(new Forecast.Bounds(0.8, 1, 3));
        assertThat(QuantileInterval.raw(0.8).around(5, 1, 3)).isEqualTo(new Forecast.Bounds(0.8, 1, 5));
        assertThat(new QuantileInterval(0.8, -0.5, -0.5).around(2, 1, 3).width())
                .isZero();
        assertThat(new QuantileInterval(0.8, 0.5, 0.25).around(2, 1, 3)).isEqualTo(new Forecast.Bounds(0.8, 0, 3.5));
    }

    @Test
    void tooFewRowsGiveNoneAndWhatCannotBeIsRefused() {
        Rows few = rows(99, 1, 0, 1, 0);
        assertThat(QuantileInterval.learn(0.8, few.stated(), few.observed())).isEmpty();
        assertThatThrownBy(() -> new QuantileInterval(0.8, -0.6, 0)).hasMessageContaining("below=-0.6");
        assertThatThrownBy(() -> new QuantileInterval(1, 0, 0)).hasMessageContaining("level=1.0");
        QuantileInterval interval = new QuantileInterval(0.8, -0.1, 0.3);
        assertThat(QuantileInterval.fromJson(JsonObject.of(interval.toJson()))).isEqualTo(interval);
    }

    /** A network with quantiles answers as three networks would that have one of its outputs each. */
    @Test
    void aNetworkStatesItsQuantilesForEachInput() {
        Random random = new Random(4);
        Layout.NetworkLayout layout =
                new Layout.NetworkLayout(List.of(7, 5), Layout.Activation.RELU, 10, 3, 1, List.of(0.1, 0.9));
        QuantileInterval moved = new QuantileInterval(0.8, 0.1, 0.2);
        Artifact artifact =
                Models.withDefaults(Models.regression(random, layout), Map.of(PredictionInterval.NAME, moved.toJson()));
        Scorer scorer = Scorers.of(Artifact.read(artifact.toBytes()));
        for (int i = 0; i < 50; i++) {
            Map<String, Object> context =
                    Map.of("age", 20 + random.nextInt(60), "city", random.nextBoolean() ? "Rome" : "Oslo");
            double[] outputs = new double[3];
            for (int output = 0; output < 3; output++) {
                outputs[output] = Scorers.of(Models.output(artifact, output)).predict(context);
            }
            Forecast forecast = scorer.forecast(context);
            assertThat(forecast.value()).isEqualTo(outputs[0]).isEqualTo(scorer.predict(context));
            assertThat(forecast.interval()).contains(moved.around(outputs[0], outputs[1], outputs[2]));
        }
        assertThat(Scorers.of(Models.regression(random, layout))
                        .forecast(Map.of())
                        .interval())
                .as("without a word of how they are to be moved")
                .isEmpty();
        assertThatThrownBy(
                        () -> new Layout.NetworkLayout(List.of(7), Layout.Activation.RELU, 0, 1, 2, List.of(0.1, 0.9)))
                .hasMessageContaining("members=2");
        assertThatThrownBy(() -> Models.description(
                        new Layout.NetworkLayout(List.of(7), Layout.Activation.RELU, 0, 1, 1, List.of(0.1, 0.9)),
                        "bandit",
                        List.of("a"),
                        artifact.description().features()))
                .hasMessageContaining("bandit");
    }
}
