package io.leeway.core.bandit.expert;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every non-linear expert keeps to, on a problem that no linear one can learn: the quadrant of a point. */
class ExpertTest {
    private static final int ARMS = 3;
    private static final double EXPLORED = 0.1;

    static Stream<Named<Supplier<Expert>>> experts() {
        return Stream.of(
                Named.of("network, one winner", () -> new NetworkExpert(32, 0.01, Head.ONE_WINNER, 7)),
                Named.of("network, means", () -> new NetworkExpert(32, 0.01, Head.MEANS, 7)),
                Named.of("network", () -> new NetworkExpert(32, 0.01, 7)),
                Named.of("forest, one winner", () -> new ForestExpert(Head.ONE_WINNER, 20, 7)),
                Named.of("forest, means", () -> new ForestExpert(Head.MEANS, 20, 7)),
                Named.of("forest", () -> new ForestExpert(7)),
                Named.of("kernel ridge", () -> new RidgeExpert(256, 7)));
    }

    @ParameterizedTest
    @MethodSource("experts")
    void learnsWhatIsNotLinear(Supplier<Expert> expert) {
        Run run = new Run(expert.get());
        run.steps(3_000);

        // Guessing is right in 1/3, the best linear rule in about 1/2 of the cases.
        assertThat(run.accuracy(1_000)).isGreaterThan(0.85);
    }

    @ParameterizedTest
    @MethodSource("experts")
    void predictsTheSameAfterTheSameFeedback(Supplier<Expert> expert) {
        Run one = new Run(expert.get());
        Run other = new Run(expert.get());
        one.steps(300);
        other.steps(300);

        assertThat(one.predictions()).isEqualTo(other.predictions());
    }

    @ParameterizedTest
    @MethodSource("experts")
    void learnsAnewFromTheReplay(Supplier<Expert> expert) {
        Run run = new Run(expert.get());
        run.steps(2_000);
        run.rescale(10);
        run.steps(500);

        assertThat(run.accuracy(1_000)).isGreaterThan(0.8);
    }

    @ParameterizedTest
    @MethodSource("experts")
    void takesInArmsAndColumnsThatComeLater(Supplier<Expert> supplier) {
        Expert expert = supplier.get();
        double[] rewards = new double[2];
        expert.predict(new double[] {1}, rewards);
        for (int i = 0; i < 50; i++) {
            expert.learn(new double[] {1}, i % 2, 0, 0.5);
        }
        rewards = new double[4];
        for (int i = 0; i < 200; i++) {
            expert.predict(new double[] {1, 1}, rewards);
            expert.learn(new double[] {1, 1}, 3, 1, 0.25);
        }
        expert.predict(new double[] {1, 1}, rewards);

        assertThat(rewards).doesNotContain(Double.NaN);
        assertThat(rewards[3]).isGreaterThan(0.7);
    }

    @ParameterizedTest
    @MethodSource("experts")
    void staysFiniteWithHugeColumnsAndRewards(Supplier<Expert> supplier) {
        Expert expert = supplier.get();
        double[] rewards = new double[ARMS];
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 500; i++) {
            double[] columns = {random.nextGaussian() * 1e30, 0, random.nextGaussian() * 1e-30};
            expert.predict(columns, rewards);
            assertThat(Arrays.stream(rewards).allMatch(Double::isFinite)).isTrue();
            expert.learn(columns, random.nextInt(ARMS), random.nextGaussian() * 1e3, 1e-3);
        }
    }

    @ParameterizedTest
    @MethodSource("experts")
    void allocatesNothingToPredict(Supplier<Expert> supplier) {
        Run run = new Run(supplier.get());
        run.steps(300);
        double[] rewards = new double[ARMS];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        run.expert.predict(run.rows.get(0), rewards);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1_000; i++) {
            run.expert.predict(run.rows.get(0), rewards);
        }

        // 1 byte per prediction would be seen; the measuring itself allocates a little.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000);
    }

    /** An expert that chooses (greedily, now and then at random) and learns; refits at growing intervals. */
    private static final class Run {
        private final Expert expert;
        private final SplittableRandom random = new SplittableRandom(11);
        private final List<double[]> rows = new ArrayList<>();
        private final List<Choice> choices = new ArrayList<>();
        private double scale = 1;
        private int nextRefit = 8;

        private record Choice(int arm, double reward) {}

        Run(Expert expert) {
            this.expert = expert;
        }

        void steps(int count) {
            double[] rewards = new double[ARMS];
            for (int i = 0; i < count; i++) {
                double[] columns = {random.nextGaussian() * scale, random.nextGaussian() * scale};
                expert.predict(columns, rewards);
                int arm = random.nextDouble() < EXPLORED ? random.nextInt(ARMS) : best(rewards);
                double reward = arm == winner(columns) ? 1 : 0;
                expert.learn(columns, arm, reward, EXPLORED / ARMS);
                rows.add(columns);
                choices.add(new Choice(arm, reward));
                if (rows.size() == nextRefit) {
                    refit();
                    nextRefit = nextRefit * 5 / 4;
                }
            }
        }

        void rescale(double factor) {
            scale = factor;
            rows.replaceAll(row -> Arrays.stream(row).map(x -> x * factor).toArray());
            refit();
        }

        double accuracy(int count) {
            double[] rewards = new double[ARMS];
            int right = 0;
            for (int i = 0; i < count; i++) {
                double[] columns = {random.nextGaussian() * scale, random.nextGaussian() * scale};
                expert.predict(columns, rewards);
                right += best(rewards) == winner(columns) ? 1 : 0;
            }
            return right / (double) count;
        }

        List<Double> predictions() {
            double[] rewards = new double[ARMS];
            List<Double> all = new ArrayList<>();
            for (double[] row : rows) {
                expert.predict(row, rewards);
                Arrays.stream(rewards).forEach(all::add);
            }
            return all;
        }

        /** Equal signs: arm 0; otherwise arm 1 or 2, by which of the two is negative. */
        private static int winner(double[] columns) {
            if (columns[0] > 0 == columns[1] > 0) {
                return 0;
            }
            return columns[0] > 0 ? 1 : 2;
        }

        private static int best(double[] rewards) {
            int best = 0;
            for (int a = 1; a < rewards.length; a++) {
                best = rewards[a] > rewards[best] ? a : best;
            }
            return best;
        }

        private void refit() {
            expert.refit(new Replay() {
                @Override
                public int size() {
                    return rows.size();
                }

                @Override
                public int arms() {
                    return ARMS;
                }

                @Override
                public int width() {
                    return 2;
                }

                @Override
                public void columns(int i, double[] into) {
                    System.arraycopy(rows.get(i), 0, into, 0, 2);
                }

                @Override
                public int arm(int i) {
                    return choices.get(i).arm();
                }

                @Override
                public double reward(int i) {
                    return choices.get(i).reward();
                }

                @Override
                public double probability(int i) {
                    return EXPLORED / ARMS;
                }
            });
        }
    }
}
