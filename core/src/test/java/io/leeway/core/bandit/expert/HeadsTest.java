package io.leeway.core.bandit.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Experts with both heads take the one that the rewards bear out. */
class HeadsTest {
    static Stream<Named<Supplier<Expert>>> experts() {
        return Stream.of(
                Named.of("network", () -> new NetworkExpert(32, 0.01, 7)),
                Named.of("forest", () -> new ForestExpert(7)));
    }

    @ParameterizedTest
    @MethodSource("experts")
    void predictsSeveralWinners(Supplier<Expert> supplier) {
        double[] rewards = learnt(supplier.get(), new double[] {0.9, 0.8, 0.1});

        // Shares of one winner would be about 0.5, 0.45 and 0.05.
        assertThat(rewards[0]).isCloseTo(0.9, within(0.15));
        assertThat(rewards[1]).isCloseTo(0.8, within(0.15));
        assertThat(rewards[2]).isCloseTo(0.1, within(0.15));
    }

    @ParameterizedTest
    @MethodSource("experts")
    void predictsNoWinner(Supplier<Expert> supplier) {
        double[] rewards = learnt(supplier.get(), new double[] {0.1, 0.02, 0.02});

        assertThat(rewards[0]).isCloseTo(0.1, within(0.1));
        assertThat(rewards[1]).isCloseTo(0.02, within(0.1));
        assertThat(rewards[2]).isCloseTo(0.02, within(0.1));
    }

    /** Mean prediction after 2,000 feedbacks of arms chosen at random that win independently of each other. */
    private static double[] learnt(Expert expert, double[] winning) {
        SplittableRandom random = new SplittableRandom(5);
        double[] rewards = new double[winning.length];
        for (int i = 0; i < 2_000; i++) {
            double[] columns = {random.nextGaussian(), random.nextGaussian()};
            expert.predict(columns, rewards);
            int arm = random.nextInt(winning.length);
            expert.learn(columns, arm, random.nextDouble() < winning[arm] ? 1 : 0, 1.0 / winning.length);
        }
        double[] means = new double[winning.length];
        int count = 200;
        for (int i = 0; i < count; i++) {
            expert.predict(new double[] {random.nextGaussian(), random.nextGaussian()}, rewards);
            for (int a = 0; a < means.length; a++) {
                means[a] += rewards[a] / count;
            }
        }
        return means;
    }

    @Test
    void sharesFollowErrorsAndSumToOne() {
        HeadErrors errors = new HeadErrors(2);
        for (int i = 0; i < 100; i++) {
            errors.begin();
            errors.add(0, 0.5);
            errors.add(1, 0.4);
            errors.end();
        }

        assertThat(errors.best()).isEqualTo(1);
        assertThat(errors.share(0) + errors.share(1)).isCloseTo(1, within(1e-6f));
        assertThat(errors.share(0) / errors.share(1)).isCloseTo((float) Math.pow(0.16 / 0.25, 8), within(1e-4f));
    }

    @Test
    void memoryKeepsTheLatest() {
        Memory memory = new Memory(1 << 20);
        int capacity = 64;
        for (int i = 0; i < 3 * capacity / 2; i++) {
            memory.add(new double[] {i}, i % 7, i);
        }

        assertThat(memory.size()).isEqualTo(capacity);
        for (int age = 0; age < capacity; age++) {
            int place = memory.place(age);
            int expected = 3 * capacity / 2 - 1 - age;
            assertThat(memory.row(place)[0]).isEqualTo(expected);
            assertThat(memory.arm(place)).isEqualTo(expected % 7);
            assertThat(memory.reward(place)).isEqualTo(expected);
        }
    }
}
