package io.leeway.prediction.fast;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.core.bandit.Distribution;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {
    @Test
    void ranksAsAStableSortDoes() {
        SplittableRandom random = new SplittableRandom(5);
        Ranking ranking = new Ranking();
        for (int round = 0; round < 2_000; round++) {
            double[] probabilities = probabilities(random, 1 + random.nextInt(300));
            int[] expected = IntStream.range(0, probabilities.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int[] ranked = ranking.of(Distribution.of(probabilities), probabilities.length);
            assertThat(Arrays.copyOf(ranked, probabilities.length)).isEqualTo(expected);
        }
    }

    /** Many of them alike. */
    private static double[] probabilities(SplittableRandom random, int size) {
        double[] weights = random.doubles(size, 0, 1)
                .map(weight -> random.nextBoolean() ? 0.5 : weight)
                .toArray();
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }
}
