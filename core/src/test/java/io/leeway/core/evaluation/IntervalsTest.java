package io.leeway.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import io.leeway.core.testing.Golden;
import io.leeway.core.testing.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class IntervalsTest {
    private static final JsonObject GOLDEN =
            Json.readObject(new String(Golden.bytes("intervals.json"), StandardCharsets.UTF_8));

    @Test
    void likelihoodBoundsEqualTheTextbookForm() {
        for (JsonObject one : GOLDEN.objects("likelihood")) {
            Interval interval = EmpiricalLikelihood.interval(
                    one.numbers("values"), one.number("lowest"), one.number("highest"), one.number("threshold"));
            assertThat(interval.lower()).isCloseTo(one.number("lower"), within(1e-8));
            assertThat(interval.upper()).isCloseTo(one.number("upper"), within(1e-8));
        }
    }

    /** With no success in n the bound of Clopper and Pearson is 3.69 / n; this one is a little wider, and never 0. */
    @Test
    void likelihoodSeesThatNoSuccessIsNotNoChance() {
        Interval interval = EmpiricalLikelihood.interval(new double[1000], 0, 1, 1.9207);
        assertThat(interval.lower()).isZero();
        assertThat(interval.upper() * 1000).isBetween(3.69, 5.0);
    }

    @Test
    void likelihoodBecomesNormalWithManyValues(Random random) {
        double[] values = random.doubles(20_000).toArray();
        Interval likelihood = EmpiricalLikelihood.interval(values, 0, 1, 1.9207);
        Interval normal = RowTerms.of(values).normal(0.95);
        assertThat(likelihood.lower()).isCloseTo(normal.lower(), within(0.05 * normal.width()));
        assertThat(likelihood.upper()).isCloseTo(normal.upper(), within(0.05 * normal.width()));
    }

    @Test
    void bernsteinEqualsTheFormula() {
        JsonObject golden = GOLDEN.object("bernstein");
        double[] values = golden.numbers("values");
        Interval interval = EmpiricalBernstein.interval(values, golden.number("width"), golden.number("alpha"));
        double mean = Arrays.stream(values).average().orElseThrow();
        assertThat(interval.upper() - mean).isCloseTo(golden.number("half"), within(1e-12));
        assertThat(mean - interval.lower()).isCloseTo(golden.number("half"), within(1e-12));
    }

    @Test
    void bootstrapIsRepeatableAndNearTheNormalOne(Random random) {
        double[] values = random.doubles(1000).toArray();
        Interval bootstrap = Bootstrap.interval(values, 0.05, 7);
        assertThat(Bootstrap.interval(values, 0.05, 7)).isEqualTo(bootstrap);
        assertThat(Bootstrap.interval(values, 0.05, 8)).isNotEqualTo(bootstrap);
        Interval normal = RowTerms.of(values).normal(0.95);
        // Percentiles of 2000 resamples lie within 5 of their standard errors: sd of a 2.5 % point is 0.06 standard
        // errors.
        assertThat(bootstrap.lower()).isCloseTo(normal.lower(), within(0.1 * normal.width()));
        assertThat(bootstrap.upper()).isCloseTo(normal.upper(), within(0.1 * normal.width()));
    }

    @Test
    void regressionEqualsWeightedLeastSquares() {
        JsonObject golden = GOLDEN.object("regressed");
        LoggedRows rows = LoggedRows.of(
                golden.numbers("reward"),
                golden.numbers("pscore"),
                golden.numbers("piE"),
                golden.numbers("qA"),
                golden.numbers("qPi"));
        assertThat(OffPolicyEstimator.regressedDoublyRobust()
                        .estimate(rows, 0.95, new Minimum(2, 0))
                        .value())
                .isCloseTo(golden.number("value"), within(1e-9));
    }

    @Test
    void aConstantModelLeavesTheSelfNormalisedEstimate(Random random) {
        LoggedRows drawn = World.log(random, 500);
        double[] constant = new double[500];
        Arrays.fill(constant, 0.4);
        LoggedRows rows = LoggedRows.of(
                column(drawn, Column.REWARD),
                column(drawn, Column.PSCORE),
                column(drawn, Column.PI_E),
                constant,
                constant);
        double snips = OffPolicyEstimator.selfNormalised().estimate(rows).value();
        assertThat(OffPolicyEstimator.regressedDoublyRobust().estimate(rows).value())
                .isCloseTo(snips, within(1e-12));
        assertThat(OffPolicyEstimator.selfNormalisedDoublyRobust()
                        .estimate(rows)
                        .value())
                .isCloseTo(snips, within(1e-12));
    }

    @Test
    void limitsOfSwitchingAndShrinkingAreTheModelAndDoublyRobust(Random random) {
        LoggedRows rows = World.log(random, 500);
        double robust = OffPolicyEstimator.doublyRobust().estimate(rows).value();
        double model = OffPolicyEstimator.directMethod().estimate(rows).value();
        assertThat(value(OffPolicyEstimator.switchDoublyRobust(Double.POSITIVE_INFINITY), rows))
                .isEqualTo(robust);
        assertThat(value(OffPolicyEstimator.shrunkDoublyRobust(Double.POSITIVE_INFINITY), rows))
                .isEqualTo(robust);
        assertThat(value(OffPolicyEstimator.switchDoublyRobust(1e-9), rows)).isCloseTo(model, within(1e-12));
        assertThat(value(OffPolicyEstimator.shrunkDoublyRobust(1e-12), rows)).isCloseTo(model, within(1e-9));
        assertThat(OffPolicyEstimator.shrunkDoublyRobust(1e-12).clippedMass(rows))
                .isCloseTo(1, within(1e-6));
    }

    @Test
    void whatTheLogsCannotHoldWidensTheIntervalOrIsRefused() {
        // Half of the policy's choices never occur: the weights are all 0.6, where they should average to 1.
        int count = 400;
        double[] reward = new double[count];
        double[] half = new double[count];
        double[] third = new double[count];
        Arrays.fill(half, 0.5);
        Arrays.fill(third, 0.3);
        LoggedRows rows = LoggedRows.of(reward, half, third);
        Evaluation evaluation = Evaluation.of(rows, EvaluationSettings.of(RewardRange.UNIT));
        assertThat(evaluation.support().missingWeight()).isCloseTo(0.4, within(1e-5));
        assertThat(evaluation.estimate("ips").upper()).isGreaterThan(0.4);
        assertThat(evaluation.estimate("ips").warnings()).anyMatch(warning -> warning.contains("meanWeight=0.6"));
        Arrays.fill(third, 0.1);
        assertThatThrownBy(() ->
                        Evaluation.of(LoggedRows.of(reward, half, third), EvaluationSettings.of(RewardRange.UNIT)))
                .isInstanceOf(InsufficientSupportException.class)
                .hasMessageContaining("missingWeight=0.79");
    }

    @Test
    void warnsOfARowThatDecidesMuch() {
        int count = 300;
        double[] half = new double[count];
        double[] piE = new double[count];
        Arrays.fill(half, 0.5);
        Arrays.fill(piE, 0.47);
        double[] pscore = half.clone();
        pscore[7] = 0.02;
        piE[7] = 0.5;
        Support support = Support.of(LoggedRows.of(half, pscore, piE));
        assertThat(support.warnings()).anyMatch(warning -> warning.contains("maximumWeight=25.0"));
        assertThat(Support.of(LoggedRows.of(half, half, half)).warnings()).isEmpty();
        assertThat(support.unusedShare()).isZero();
    }

    @Test
    void statedBoundsAreHeldTo(Random random) {
        LoggedRows rows = World.log(random, 300);
        assertThatThrownBy(() -> Evaluation.of(rows, EvaluationSettings.of(new RewardRange(0, 0.5))))
                .hasMessageStartingWith("must be in [0.0, 0.5]: reward=1.0 row=");
        assertThatThrownBy(() -> Evaluation.of(
                        rows, EvaluationSettings.of(RewardRange.UNIT).withMaximumWeight(3)))
                .hasMessageStartingWith("must be <= 3.0: weight=");
        assertThatThrownBy(() -> new RewardRange(1, 1)).hasMessage("must be finite and min < max: min=1.0 max=1.0");
    }

    private static double value(OffPolicyEstimator estimator, LoggedRows rows) {
        return estimator.estimate(rows).value();
    }

    private enum Column {
        REWARD,
        PSCORE,
        PI_E
    }

    private static double[] column(LoggedRows rows, Column column) {
        double[] values = new double[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (column) {
                case REWARD -> rows.reward(i);
                case PSCORE -> rows.pscore(i);
                case PI_E -> rows.piE(i);
            };
        }
        return values;
    }
}
