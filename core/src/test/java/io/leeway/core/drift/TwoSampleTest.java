package io.leeway.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import io.leeway.core.testing.Golden;
import io.leeway.core.testing.RandomValues;
import io.leeway.core.testing.Reference;
import io.leeway.core.testing.Seed;
import io.leeway.core.testing.SeededRandom;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class TwoSampleTest {
    @Test
    void kolmogorovSmirnovEqualsSciPy() {
        for (JsonObject golden : Golden.json().objects("ks")) {
            TestResult result = KolmogorovSmirnov.test(golden.numbers("a"), golden.numbers("b"));
            assertThat(result.statistic()).isCloseTo(golden.number("statistic"), within(1e-12));
            assertThat(result.pValue()).isCloseTo(golden.number("p"), within(1e-9));
        }
        for (JsonObject golden : Golden.json().objects("kolmogorov")) {
            // With n = m = 2 the factor sqrt(nm / (n + m)) is 1.
            assertThat(KolmogorovSmirnov.asymptotic(golden.number("lambda"), 2, 2))
                    .isCloseTo(golden.number("p"), within(1e-12));
        }
    }

    @Test
    void kolmogorovSmirnovEqualsTheReference() throws IOException {
        for (JsonObject fixture :
                Json.readObject(Reference.text("drift/two_sample.json")).objects("fixtures_numeric")) {
            JsonObject expected = fixture.object("expect");
            TestResult result = KolmogorovSmirnov.test(fixture.numbers("ref"), fixture.numbers("cur"));
            assertThat(result.statistic()).isCloseTo(expected.number("ks"), within(1e-12));
            double p = expected.number("ks_p_exact");
            assertThat(result.pValue()).isCloseTo(p, within(1e-9 * p + 1e-15));
        }
    }

    @Test
    void chiSquareEqualsTheReference() throws IOException {
        for (JsonObject fixture :
                Json.readObject(Reference.text("drift/two_sample.json")).objects("fixtures_categorical")) {
            TestResult result = ChiSquare.test(
                    Golden.longs(fixture.numbers("ref_counts")), Golden.longs(fixture.numbers("cur_counts")));
            assertThat(result.statistic()).isCloseTo(fixture.number("chi2"), within(1e-9));
            assertThat(result.pValue()).isCloseTo(fixture.number("p"), within(1e-9 * fixture.number("p")));
        }
    }

    @Test
    void chiSquareEqualsSciPy() {
        for (JsonObject golden : Golden.json().objects("chiSquare")) {
            TestResult result = ChiSquare.test(Golden.longs(golden.numbers("a")), Golden.longs(golden.numbers("b")));
            assertThat(result.statistic()).isCloseTo(golden.number("statistic"), within(1e-10));
            assertThat(result.pValue()).isCloseTo(golden.number("p"), within(1e-10));
        }
    }

    @Test
    void exactAndAsymptoticMeetOnLargeSamples() {
        for (double statistic : new double[] {0.02, 0.04, 0.06}) {
            double exact = KolmogorovSmirnov.exact(statistic, 2000, 1900);
            assertThat(KolmogorovSmirnov.asymptotic(statistic, 2000, 1900))
                    .isCloseTo(exact, within(0.02 * exact + 0.002));
        }
    }

    @Test
    void statisticIsSymmetricBoundedAndInvariantUnderMonotoneMaps(Random random) {
        for (int i = 0; i < 300; i++) {
            double[] a = RandomValues.gaussians(random, 1 + random.nextInt(40));
            double[] b = RandomValues.gaussians(random, 1 + random.nextInt(40));
            double statistic = KolmogorovSmirnov.statistic(a, b);
            assertThat(statistic)
                    .isBetween(1.0 / Math.max(a.length, b.length) - 1e-12, 1.0)
                    .isEqualTo(KolmogorovSmirnov.statistic(b, a));
            assertThat(KolmogorovSmirnov.statistic(mapped(a), mapped(b))).isEqualTo(statistic);
            assertThat(KolmogorovSmirnov.test(a, b).pValue()).isBetween(0.0, 1.0);
        }
        assertThat(KolmogorovSmirnov.test(new double[] {1, 2}, new double[] {1, 2}))
                .isEqualTo(new TestResult(0, 1));
        double[] tied = {1, 1, 1, 5, 5};
        assertThat(KolmogorovSmirnov.statistic(tied, tied)).isZero();
        assertThat(KolmogorovSmirnov.statistic(new double[] {1, 1, 1}, new double[] {2}))
                .isEqualTo(1);
        assertThat(KolmogorovSmirnov.statistic(new double[] {1, 1, 2}, new double[] {1, 2, 2}))
                .isCloseTo(1.0 / 3, within(1e-15));
    }

    /** 2000 pairs from one distribution: p at most 0.05 in about 5 percent; sd 0.5 points, 4.5 sd. Fixed seed. */
    @Test
    @Seed(20260106)
    void kolmogorovSmirnovKeepsItsLevel(Random random) {
        int alarms = 0;
        for (int i = 0; i < 2000; i++) {
            double p = KolmogorovSmirnov.test(RandomValues.gaussians(random, 300), RandomValues.gaussians(random, 200))
                    .pValue();
            alarms += p <= 0.05 ? 1 : 0;
        }
        assertThat(alarms).isBetween(55, 145);
    }

    @Test
    void chiSquarePoolsRareWords() {
        Map<String, Long> reference = Map.of("a", 500L, "b", 480L, "r1", 1L, "r2", 1L, "r3", 1L);
        Map<String, Long> current = Map.of("a", 50L, "b", 48L, "r9", 1L);
        // Unpooled, a single unseen word of expectation 0.1 would alarm by itself.
        assertThat(ChiSquare.test(reference, current).pValue()).isGreaterThan(0.3);
        assertThat(ChiSquare.test(reference, Map.of("a", 30L, "b", 70L)).pValue())
                .isLessThan(1e-4);
        assertThat(ChiSquare.test(Map.of("only", 10L), Map.of("only", 10L))).isEqualTo(new TestResult(0, 1));
        assertThat(ChiSquare.test(Map.of("old", 100L), Map.of("new", 100L)).pValue())
                .isLessThan(1e-20);
    }

    @Test
    void benjaminiHochbergEqualsSciPy() {
        JsonObject golden = Golden.json().object("benjaminiHochberg");
        assertThat(BenjaminiHochberg.adjust(golden.numbers("p")))
                .containsExactly(golden.numbers("adjusted"), within(1e-12));
        assertThat(BenjaminiHochberg.adjust(new double[0])).isEmpty();
    }

    /** 2000 families of 20 unchanged tests: some alarm in 5 percent of the families; sd 0.5 points, 4.5 sd. Fixed seed. */
    @Test
    @Seed(20260107)
    void benjaminiHochbergKeepsTheLevelOfATable(Random random) {
        int families = 0;
        for (int i = 0; i < 2000; i++) {
            double[] p = random.doubles(20).toArray();
            families += Arrays.stream(BenjaminiHochberg.adjust(p)).anyMatch(adjusted -> adjusted <= 0.05) ? 1 : 0;
        }
        assertThat(families).isBetween(55, 145);
    }

    @Test
    void refusesEmptyAndBrokenSamples() {
        assertThatThrownBy(() -> KolmogorovSmirnov.test(new double[0], new double[1]))
                .hasMessageContaining("reference=0");
        assertThatThrownBy(() -> KolmogorovSmirnov.test(new double[] {Double.NaN}, new double[1]))
                .hasMessage("must be finite: value=NaN");
        assertThatThrownBy(() -> ChiSquare.test(new long[] {1}, new long[] {0}))
                .hasMessageContaining("must be >= 1 count each");
        assertThatThrownBy(() -> ChiSquare.test(new long[] {1}, new long[2]))
                .hasMessageContaining("must be of one length");
        assertThatThrownBy(() -> ChiSquare.test(new long[] {2, -1}, new long[] {1, 1}))
                .hasMessage("must be >= 0: count=-1");
        assertThatThrownBy(() -> BenjaminiHochberg.adjust(new double[] {Double.NaN}))
                .hasMessage("must be in [0, 1]: pValue=NaN");
    }

    private static double[] mapped(double[] values) {
        return Arrays.stream(values).map(value -> Math.exp(value) * 7 - 3).toArray();
    }
}
