package io.leeway.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.testing.RandomValues;
import io.leeway.core.testing.Seed;
import io.leeway.core.testing.SeededRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class ChangeTest {
    @Test
    @Seed(20261122)
    void namesTheLevelTheSpreadAndTheShape(Random random) {
        double[] before = RandomValues.gaussians(random, 2000);
        double[] same = RandomValues.gaussians(random, 500);
        NumberChange moved = NumberChange.of(before, times(same, 1, 0.4));
        assertThat(moved.kind()).isEqualTo(ChangeKind.LEVEL);
        assertThat(moved.upward()).isTrue();
        NumberChange wider = NumberChange.of(before, times(same, 1.5, 0));
        assertThat(wider.kind()).isEqualTo(ChangeKind.SPREAD);
        assertThat(wider.upward()).isTrue();
        assertThat(wider.words("wind")).startsWith("wind: spread 1.").contains("-> ", "KS");
        NumberChange narrower = NumberChange.of(before, times(same, 0.6, 0));
        assertThat(narrower.kind()).isEqualTo(ChangeKind.SPREAD);
        assertThat(narrower.upward()).isFalse();
        // A change of unit moves the level of what is positive.
        assertThat(NumberChange.of(exponential(before), times(exponential(same), 1.6, 0))
                        .kind())
                .isEqualTo(ChangeKind.LEVEL);
        // Two peaks with the mean and the variance of before.
        double[] peaks = Arrays.stream(same)
                .map(x -> 0.95 * Math.signum(x) + 0.3 * x * 0.3)
                .toArray();
        assertThat(NumberChange.of(before, peaks).pValue()).isLessThan(1e-6);
    }

    /** A pure change of spread of a skewed value, as a rank test sees it, keeps the median: 200 draws, at most one called level. */
    @Test
    void aChangeOfSpreadIsNotCalledOneOfLevel(Random random) {
        int called = 0;
        for (int i = 0; i < 200; i++) {
            double[] before = RandomValues.gaussians(random, 1000);
            double[] after = times(RandomValues.gaussians(random, 300), 1.6, 0);
            called += NumberChange.of(before, after).kind() == ChangeKind.LEVEL ? 1 : 0;
        }
        assertThat(called).isLessThanOrEqualTo(2);
    }

    @Test
    void saysWhichActionsAreChosenMore() {
        CategoryChange change =
                CategoryChange.of(Map.of("a", 200L, "b", 300L, "c", 500L), Map.of("a", 350L, "b", 150L, "c", 500L));
        assertThat(change.totalVariation()).isCloseTo(0.15, within(1e-12));
        assertThat(change.pValue()).isLessThan(1e-9);
        assertThat(change.moved()).extracting(CategoryChange.Moved::word).containsExactlyInAnyOrder("a", "b");
        assertThat(change.words("chosen")).contains("'a' 20.0% -> 35.0%", "total variation 0.15");
        assertThat(CategoryChange.of(Map.of(), Map.of("a", 1L)).pValue()).isEqualTo(1);
    }

    /** 2,000 comparisons at 5 percent: 100 expected, sd 9.7; 145 is 4.6 sd above. Counts scatter three times as much as Poisson's. */
    @Test
    @Seed(20261123)
    void countsThatScatterRaiseNothing(Random random) {
        int alarms = 0;
        for (int i = 0; i < 2000; i++) {
            alarms += ArrivalRate.test(counts(random, 60, 20, 3), counts(random, 15, 20, 3))
                                    .pValue()
                            < 0.05
                    ? 1
                    : 0;
        }
        assertThat(alarms).isBetween(40, 145);
        ArrivalRate fewer = ArrivalRate.test(counts(random, 60, 20, 3), counts(random, 15, 10, 3));
        assertThat(fewer.pValue()).isLessThan(1e-4);
        assertThat(fewer.dispersion()).isBetween(1.5, 5.0);
        assertThat(fewer.words("decisions", "PT1M")).contains("per PT1M");
        assertThat(ArrivalRate.test(new long[] {0, 0}, new long[] {0}).pValue()).isEqualTo(1);
    }

    @Test
    void countsEventsPerBucket() {
        BucketCounter counter = new BucketCounter(Duration.ofSeconds(1));
        assertThat(counter.add(500)).isEmpty();
        assertThat(counter.add(1100)).isEmpty();
        assertThat(counter.add(900)).isEmpty(); // a little late, and still counted with the others of its second
        assertThat(counter.add(2100)).isEmpty(); // ends the first second, of which nobody knows the beginning
        assertThat(counter.add(2200)).isEmpty();
        assertThat(counter.add(3000)).containsExactly(1);
        BucketCounter restored = BucketCounter.fromJson(counter.toJson());
        for (BucketCounter one : new BucketCounter[] {counter, restored}) {
            assertThat(one.add(100)).isEmpty();
            assertThat(one.late()).isEqualTo(1);
            assertThat(one.tick(6000)).containsExactly(2, 1, 0);
            assertThat(one.tick(6500)).isEmpty();
            assertThat(one.tick(100_000_000)).hasSizeLessThanOrEqualTo(BucketCounter.MOST_AT_ONCE);
        }
        assertThatThrownBy(() -> new BucketCounter(Duration.ZERO)).hasMessageContaining("bucket=PT0S");
    }

    private static double[] times(double[] values, double scale, double shift) {
        return Arrays.stream(values).map(value -> scale * value + shift).toArray();
    }

    private static double[] exponential(double[] values) {
        return Arrays.stream(values).map(Math::exp).toArray();
    }

    /** Poisson counts whose rate is gamma distributed, so that variance is about {@code dispersion} times the mean. */
    private static long[] counts(Random random, int buckets, double mean, double dispersion) {
        long[] counts = new long[buckets];
        for (int b = 0; b < buckets; b++) {
            double rate = mean * (1 + Math.sqrt((dispersion - 1) / mean) * random.nextGaussian());
            double time = 0;
            while ((time -= Math.log(1 - random.nextDouble())) < Math.max(0.1, rate)) {
                counts[b]++;
            }
        }
        return counts;
    }
}
