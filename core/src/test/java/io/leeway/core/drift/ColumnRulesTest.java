package io.leeway.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.drift.ColumnRules.Breach;
import io.leeway.core.drift.ColumnRules.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** A slow price: 4,000 rows that walk about their level, of which fifty count for one, by java.util.Random(4). */
class ColumnRulesTest {
    private static final int ROWS = 4_000;
    private static final RowOrder SLOW = new RowOrder(50, 1, 3, 2);

    private final double[] price = walk(new Random(4));

    private static double[] walk(Random random) {
        double[] values = new double[ROWS];
        double at = 0;
        for (int i = 0; i < ROWS; i++) {
            at = 0.98 * at + 0.2 * random.nextGaussian();
            values[i] = Math.exp(0.5 * at);
        }
        return values;
    }

    private static double[] every(double[] values, int first, DoubleUnaryOperator change) {
        double[] some = new double[values.length / 2];
        Arrays.setAll(some, i -> change.applyAsDouble(values[2 * i + first]));
        return some;
    }

    private static ColumnSample sample(double[] values, RowOrder order) {
        return ColumnSample.ofNumbers("price", values.length, values).withOrder(order);
    }

    /** Every other row as the reference, the rest changed. */
    private Optional<Breach> after(DoubleUnaryOperator change) {
        return ColumnRules.breach(sample(every(price, 0, x -> x), SLOW), sample(every(price, 1, change), SLOW));
    }

    private static DoubleUnaryOperator inOneOf(int rows, double value) {
        Random random = new Random(5);
        return x -> random.nextInt(rows) == 0 ? value : x;
    }

    @Test
    void nothingChangedBreaksNoRule() {
        assertThat(after(x -> x)).isEmpty();
    }

    @Test
    void theTestsAloneMissInASlowColumnWhatTheRulesSee() {
        ColumnSample before = sample(every(price, 0, x -> x), new RowOrder(2_000, 1, 3, 2));
        ColumnSample constant = sample(every(price, 1, x -> 1), new RowOrder(2_000, 1, 2_000, 0));
        TableCheck.Report report =
                new TableCheck(TableCheck.Settings.DEFAULT).compare(List.of(before), List.of(constant));
        assertThat(report.tests()).noneMatch(TableCheck.ColumnTest::drifted);
        assertThat(report.breaches()).extracting(Breach::rule).containsExactly(Rule.CONSTANT);
        assertThat(report.drifted()).isTrue();
    }

    @Test
    void aConstantIsNamedUnlessTheReferenceStoodStillAsLong() {
        assertThat(after(x -> 0.05)).contains(new Breach("price", Rule.CONSTANT, 1, 0.05));
        ColumnSample stood = sample(every(price, 0, x -> x), new RowOrder(100, 1, 1_000, 2));
        assertThat(ColumnRules.breach(stood, sample(every(price, 1, x -> 0.05), SLOW)))
                .isEmpty();
        ColumnSample words = ColumnSample.ofWords("flag", 200, Map.of("N", 150L, "Y", 50L));
        ColumnSample oneWord = ColumnSample.ofWords("flag", 200, Map.of("N", 200L));
        assertThat(ColumnRules.breach(words, oneWord)).map(Breach::rule).contains(Rule.CONSTANT);
        ColumnSample few = ColumnSample.ofWords("flag", 20, Map.of("N", 20L));
        assertThat(ColumnRules.breach(words, few)).isEmpty();
    }

    @Test
    void aKnownConversionIsNamedAndAnyOtherRiseIsNot() {
        assertThat(after(x -> 1.609344 * x)).hasValueSatisfying(breach -> {
            assertThat(breach.rule()).isEqualTo(Rule.CONVERTED);
            assertThat(breach.value()).isEqualTo(1.609344);
        });
        assertThat(after(x -> 0.1 * x))
                .map(one -> one.rule() + " " + one.value())
                .contains("CONVERTED 0.1");
        assertThat(after(x -> 1.25 * x)).isEmpty();
        assertThat(after(x -> x + 0.6)).isEmpty();
    }

    @Test
    void aSentinelIsNamedAndARareNewNumberIsNot() {
        assertThat(after(inOneOf(20, -999)))
                .map(one -> one.rule() + " " + one.value())
                .contains("NEW_NUMBER -999.0");
        assertThat(after(inOneOf(10, 1.2345))).map(Breach::rule).contains(Rule.NEW_NUMBER);
        assertThat(after(inOneOf(50, 1.2345))).isEmpty();
        assertThat(after(inOneOf(500, -999))).isEmpty();
    }

    /** A new code, even a frequent one, is for the tests; so is a column that stood still and now moves. */
    @Test
    void codesAndColumnsThatStoodStillMayGetNewNumbers() {
        double[] codes = new double[2_000];
        double[] more = new double[2_000];
        Arrays.setAll(codes, i -> i % 5);
        Arrays.setAll(more, i -> i % 10 == 0 ? 2.5 : i % 5);
        assertThat(ColumnRules.breach(sample(codes, SLOW), sample(more, SLOW))).isEmpty();
        double[] still = new double[2_000];
        Arrays.fill(still, 0.4);
        assertThat(ColumnRules.breach(
                        sample(still, new RowOrder(1, 1, 2_000, 0)), sample(every(price, 0, x -> x), SLOW)))
                .isEmpty();
    }

    @Test
    void roundingIsNamedByItsStep() {
        assertThat(after(x -> 0.25 * Math.rint(x / 0.25))).hasValueSatisfying(breach -> {
            assertThat(breach.rule()).isEqualTo(Rule.ROUNDED);
            assertThat(breach.value()).isCloseTo(0.25, within(1e-9));
        });
        double[] cents = every(price, 0, x -> Math.rint(100 * x) / 100);
        double[] alsoCents = every(price, 1, x -> Math.rint(100 * x) / 100);
        assertThat(ColumnRules.breach(sample(cents, SLOW), sample(alsoCents, SLOW)))
                .isEmpty();
    }

    @Test
    void valuesFarBeyondAllThatWereAreNamedAndANewMaximumIsNot() {
        double largest = Arrays.stream(price).max().orElseThrow();
        Random random = new Random(6);
        assertThat(after(x -> random.nextInt(20) == 0 ? 3 * largest + x : x))
                .map(Breach::rule)
                .contains(Rule.BEYOND_RANGE);
        assertThat(after(x -> x == largest ? 100 * largest : x)).isEmpty();
    }

    /** 4,000 pairs of columns of eight shapes, 60 to 460 rows: no rule is broken where nothing has changed. */
    @Test
    void independentRowsBreakNoRule() {
        Random random = new Random(20_261_121);
        for (int i = 0; i < 4_000; i++) {
            int shape = i % 8;
            int rows = 60 + random.nextInt(400);
            double[] first = new double[rows];
            double[] second = new double[60 + random.nextInt(400)];
            Arrays.setAll(first, row -> drawn(shape, random));
            Arrays.setAll(second, row -> drawn(shape, random));
            assertThat(ColumnRules.breach(sample(first, RowOrder.INDEPENDENT), sample(second, RowOrder.INDEPENDENT)))
                    .as("shape %d, %d against %d rows", shape, second.length, first.length)
                    .isEmpty();
        }
    }

    private static double drawn(int shape, Random random) {
        double z = random.nextGaussian();
        return switch (shape) {
            case 0 -> z;
            case 1 -> 1 / (1e-6 + random.nextDouble()); // heavier than Cauchy's on one side
            case 2 -> Math.exp(2 * z);
            case 3 -> random.nextInt(6);
            case 4 -> Math.floor(1 / (1e-3 + random.nextDouble())); // a few numbers, and ever rarer ones
            case 5 -> random.nextDouble() < 0.9 ? 0 : Math.rint(100 * Math.exp(z)) / 100;
            case 6 -> random.nextDouble() < 0.97 ? 0.5 * random.nextInt(20) : random.nextDouble();
            default -> random.nextDouble() < 0.02 ? 10_000 : z;
        };
    }

    @Test
    void orderIsChecked() {
        assertThatThrownBy(() -> new RowOrder(0.5, 1, 0, 0)).hasMessage("must be >= 1: dependence=0.5");
        assertThatThrownBy(() -> new RowOrder(1, 0.5, 0, 0)).hasMessage("must be >= 1: ofMissing=0.5");
        assertThatThrownBy(() -> new RowOrder(1, 1, 1, 2)).hasMessage("must be in [0, longestRun=1]: secondRun=2");
    }
}
