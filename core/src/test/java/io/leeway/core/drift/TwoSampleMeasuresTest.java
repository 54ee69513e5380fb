package io.leeway.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import io.leeway.core.testing.Golden;
import io.leeway.core.testing.RandomValues;
import io.leeway.core.testing.Reference;
import io.leeway.core.testing.Seed;
import io.leeway.core.testing.SeededRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class TwoSampleMeasuresTest {
    private static final double RELATIVE = 1e-9;

    @Test
    void equalTheReferenceOnNumbers() throws IOException {
        for (JsonObject fixture : reference().objects("fixtures_numeric")) {
            double[] before = fixture.numbers("ref");
            double[] after = fixture.numbers("cur");
            JsonObject expected = fixture.object("expect");
            Quantiles sorted = Quantiles.of(before);
            double[] p = Divergence.shares(sorted, sorted);
            double[] q = Divergence.shares(sorted, Quantiles.of(after));
            TestResult ks = KolmogorovSmirnov.test(before, after);

            same(ks.statistic(), expected.number("ks"));
            same(ks.pValue(), expected.number("ks_p_exact"));
            same(
                    KolmogorovSmirnov.oneSample(ks.statistic(), before.length, after.length),
                    expected.number("ks_p_asymp"));
            same(MannWhitney.test(before, after).pValue(), expected.number("mannwhitney_p"));
            same(Wasserstein.distance(before, after), expected.number("wasserstein_raw"));
            same(Wasserstein.normalised(before, after), expected.number("wasserstein_norm"));
            same(Divergence.stabilityIndex(p, q), expected.number("psi"));
            same(Divergence.jensenShannon(p, q), expected.number("js_distance_base2"));
        }
    }

    @Test
    void equalTheReferenceOnCounts() throws IOException {
        for (JsonObject fixture : reference().objects("fixtures_categorical")) {
            double[] p = Divergence.shares(Golden.longs(fixture.numbers("ref_counts")));
            double[] q = Divergence.shares(Golden.longs(fixture.numbers("cur_counts")));
            same(Divergence.stabilityIndex(p, q), fixture.number("psi"));
            same(Divergence.jensenShannon(p, q), fixture.number("js_distance_base2"));
        }
    }

    @Test
    void equalSciPyWithAndWithoutTies() {
        List<JsonObject> pairs = golden().objects("pairs");
        assertThat(pairs).hasSize(5);
        for (JsonObject pair : pairs) {
            double[] a = pair.numbers("a");
            double[] b = pair.numbers("b");
            same(MannWhitney.test(a, b).statistic(), pair.number("u"));
            same(MannWhitney.test(a, b).pValue(), pair.number("mannWhitneyP"));
            same(AndersonDarling.test(a, b).statistic(), pair.number("andersonDarling"));
            same(Wasserstein.distance(a, b), pair.number("wasserstein"));
            same(
                    KolmogorovSmirnov.oneSample(KolmogorovSmirnov.statistic(a, b), a.length, b.length),
                    pair.number("ksAsymptoticP"));
        }
        for (JsonObject table : golden().objects("fisher")) {
            same(
                    FisherExact.pValue(table.integer("a"), table.integer("n"), table.integer("b"), table.integer("m")),
                    table.number("p"));
        }
        JsonObject ratio = golden().object("likelihoodRatio");
        TestResult result =
                ChiSquare.likelihoodRatio(Golden.longs(ratio.numbers("a")), Golden.longs(ratio.numbers("b")));
        same(result.statistic(), ratio.number("statistic"));
        same(result.pValue(), ratio.number("p"));
    }

    /** 1.933, 2.492 and 3.857 are the 10, 5 and 1 percent points (Scholz and Stephens, table 1, m infinite); 5 percent of error. */
    @Test
    void andersonDarlingHasItsKnownPercentagePoints() {
        double[] weights = new double[100];
        for (int i = 1; i <= weights.length; i++) {
            weights[i - 1] = 1.0 / (i * (i + 1.0));
        }
        assertThat(AndersonDarling.pValue(1.933, weights)).isCloseTo(0.10, within(0.005));
        assertThat(AndersonDarling.pValue(2.492, weights)).isCloseTo(0.05, within(0.0025));
        assertThat(AndersonDarling.pValue(3.857, weights)).isCloseTo(0.01, within(0.0008));
        // A single weight of 1 is chi-square with one degree of freedom, where the approximation is at its worst.
        assertThat(AndersonDarling.pValue(10.83, new double[] {1})).isCloseTo(0.001, within(1e-4));
        double before = 1;
        for (double statistic = 0.05; statistic < 12; statistic += 0.01) {
            double p = AndersonDarling.pValue(statistic, weights);
            assertThat(p).isBetween(0.0, before);
            before = p;
        }
    }

    /** 4000 pairs each: p at most 0.05 in 5 percent, sd 0.35 points; 4.5 sd above. Dice have ties, coins nothing else. */
    @Test
    @Seed(20260301)
    void andersonDarlingKeepsItsLevelWithTies(Random random) {
        for (int kind = 0; kind < 3; kind++) {
            int alarms = 0;
            for (int i = 0; i < 4000; i++) {
                double[] a = drawn(random, kind, 90);
                double[] b = drawn(random, kind, 60);
                alarms += AndersonDarling.test(a, b).pValue() <= 0.05 ? 1 : 0;
            }
            assertThat(alarms).as("kind %d", kind).isBetween(120, 263);
        }
    }

    @Test
    @Seed(20260302)
    void distancesHaveTheirLevelToo(Random random) {
        int wasserstein = 0;
        int stability = 0;
        int jensenShannon = 0;
        for (int i = 0; i < 1000; i++) {
            double[] a = RandomValues.gaussians(random, 400);
            double[] b = RandomValues.gaussians(random, 300);
            wasserstein += i < 300 && Wasserstein.test(a, b, 99).pValue() <= 0.05 ? 1 : 0;
            Quantiles sorted = Quantiles.of(a);
            double[] p = Divergence.shares(sorted, sorted);
            double[] q = Divergence.shares(sorted, Quantiles.of(b));
            stability += Divergence.stabilityPValue(Divergence.stabilityIndex(p, q), 10, 400, 300) <= 0.05 ? 1 : 0;
            jensenShannon +=
                    Divergence.jensenShannonPValue(Divergence.jensenShannon(p, q), 10, 400, 300) <= 0.05 ? 1 : 0;
        }
        // 5 percent of 300: 15, sd 3.8; of 1000: 50, sd 6.9. The bounds are 4.5 sd off.
        assertThat(wasserstein).isBetween(1, 32);
        assertThat(stability).isBetween(19, 81);
        assertThat(jensenShannon).isBetween(19, 81);
    }

    @Test
    void measuresOfEqualSamplesAreNothing() {
        double[] values = {3, 1, 2, 2};
        assertThat(AndersonDarling.test(values, values).pValue()).isGreaterThan(0.9);
        assertThat(AndersonDarling.test(new double[] {1, 1}, new double[] {1})).isEqualTo(new TestResult(0, 1));
        assertThat(Wasserstein.normalised(values, values)).isZero();
        assertThat(MannWhitney.superiority(MannWhitney.test(values, values).statistic(), 4, 4))
                .isEqualTo(0.5);
        assertThat(FisherExact.pValue(0, 10, 0, 5)).isEqualTo(1);
    }

    private static double[] drawn(Random random, int kind, int size) {
        double[] values = new double[size];
        Arrays.setAll(values, i -> switch (kind) {
            case 0 -> random.nextGaussian();
            case 1 -> random.nextInt(6);
            default -> random.nextDouble() < 0.3 ? 1 : 0;
        });
        return values;
    }

    private static void same(double actual, double expected) {
        Offset<Double> rounding = within(RELATIVE * Math.abs(expected));
        assertThat(actual).isCloseTo(expected, rounding);
    }

    private static JsonObject golden() {
        return Json.readObject(new String(Golden.bytes("drift.json"), StandardCharsets.UTF_8));
    }

    private static JsonObject reference() throws IOException {
        return Json.readObject(Reference.text("drift/two_sample.json"));
    }
}
