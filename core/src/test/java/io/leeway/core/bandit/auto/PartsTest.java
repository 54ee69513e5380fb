package io.leeway.core.bandit.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.features.Situation;
import io.leeway.core.features.SparseVector;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Weights, memory, columns, places of actions. */
class PartsTest {
    @Test
    void anExpertThatErrsLessWeighsMore() {
        Weights weights = new Weights(2);
        for (int i = 0; i < 1000; i++) {
            weights.learn(new double[] {0.9, 0.6}, 1);
        }

        assertThat(weights.weight(0)).isGreaterThan(0.99);
        assertThat(weights.weight(0) + weights.weight(1)).isCloseTo(1, within(1e-12));
    }

    @Test
    void equalExpertsShareAlikeEvenWithoutErrors() {
        Weights weights = new Weights(3);
        for (int i = 0; i < 100_000; i++) {
            weights.learn(new double[] {1, 1, Double.NaN}, 1);
        }

        assertThat(weights.weight(0)).isEqualTo(weights.weight(1)).isGreaterThan(0.4);
    }

    @Test
    void memoryIsBoundedAndKeepsTheLatest() {
        Feedbacks feedbacks = new Feedbacks();
        for (int i = 0; i < 50_000; i++) {
            feedbacks.add(new Feedback(SparseVector.EMPTY, SparseVector.EMPTY, "a", 0, i, 1));
        }

        assertThat(feedbacks.size()).isEqualTo(20_000);
        assertThat(feedbacks.get(0).reward()).isEqualTo(30_000);
        assertThat(feedbacks.get(19_999).reward()).isEqualTo(49_999);

        feedbacks.keepLatest(7);

        assertThat(feedbacks.size()).isEqualTo(7);
        assertThat(feedbacks.get(0).reward()).isEqualTo(49_993);
    }

    @Test
    void wideFeedbacksAreRememberedInSmallerNumber() {
        Feedbacks feedbacks = new Feedbacks();
        SparseVector wide = SparseVector.dense(new double[10_000]);
        for (int i = 0; i < 1000; i++) {
            feedbacks.add(new Feedback(wide, SparseVector.EMPTY, "a", 0, i, 1));
        }

        assertThat(feedbacks.size()).isEqualTo((4 << 20) / 10_000);
    }

    @Test
    void columnsAreBoundedAndKeepTheirPlaces() {
        ColumnMap columns = new ColumnMap();
        for (int key = 0; key < 1000; key++) {
            columns.claim(key, 0);
        }
        double[] row = new double[columns.width()];

        columns.clear(row);
        columns.write(5, 2, row);
        columns.write(999, 3, row);

        assertThat(columns.isFull()).isTrue();
        assertThat(columns.width()).isLessThanOrEqualTo(256);
        assertThat(row[5]).isEqualTo(2);
        double rest = 0;
        for (int i = 0; i < row.length; i++) {
            rest += i == 5 ? 0 : Math.abs(row[i]);
        }
        assertThat(rest).as("a feature without a column shares one").isEqualTo(3);
    }

    @Test
    void placesDoNotDependOnTheOrderOfActionsAndAreBounded() {
        Arms one = new Arms();
        Arms other = new Arms();
        Situation ab = Situation.of(SparseVector.EMPTY, List.of("a", "b"));
        Situation ba = Situation.of(SparseVector.EMPTY, List.of("b", "a"));

        one.claim(ab);
        other.claim(ba);

        assertThat(one.place(ab, 0)).isEqualTo(other.place(ba, 1)).isNotEqualTo(one.place(ab, 1));
        for (int i = 0; i < 2000; i++) {
            one.claim(Situation.of(SparseVector.EMPTY, List.of("new" + i)));
        }
        assertThat(one.count()).isEqualTo(256);
        assertThat(one.place(Situation.of(SparseVector.EMPTY, List.of("late")), 0))
                .isBetween(0, 255);
    }

    /** One policy is asked three times as often, in situations of its own, too. */
    @Test
    void decidingDoesNotChangeThePolicy() {
        AutoPolicy asked = new AutoPolicy();
        AutoPolicy spared = new AutoPolicy();
        Random random = new Random(4);
        List<String> ids = List.of("a", "b", "c");
        for (int i = 0; i < 200; i++) {
            Situation situation = Situation.of(SparseVector.dense(random.nextGaussian(), random.nextGaussian()), ids);
            asked.decide(Situation.of(SparseVector.dense(random.nextGaussian(), 1), ids), random);
            asked.decide(situation, random);
            Distribution expected = spared.decide(situation, random);
            assertThat(asked.decide(situation, random)).isEqualTo(expected);
            Choice choice = expected.choose(random.nextDouble());
            double reward = choice.action() == (i % 3) ? 1 : 0;
            asked.learn(situation, choice, reward);
            spared.learn(situation, choice, reward);
        }
    }
}
