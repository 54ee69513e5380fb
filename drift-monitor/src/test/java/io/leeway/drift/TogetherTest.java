package io.leeway.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.MovedInput;
import io.leeway.core.drift.Profile;
import io.leeway.core.drift.ProfileLearner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Inputs taken together, and what their change does to decisions. Streams are java.util.Random(1000 + i). */
class TogetherTest {
    private static final int WINDOW = 500;

    private final Random random = new Random(1000);

    private Map<String, Object> row(double correlation) {
        Map<String, Object> row = new HashMap<>();
        double price = random.nextGaussian();
        row.put("price", price);
        row.put("quality", correlation * price + Math.sqrt(1 - correlation * correlation) * random.nextGaussian());
        for (int i = 0; i < 6; i++) {
            row.put("noise" + i, random.nextGaussian());
        }
        row.put("zone", "z" + random.nextInt(4));
        return row;
    }

    private Profile training() {
        ProfileLearner learner = new ProfileLearner();
        for (int i = 0; i < 5000; i++) {
            learner.observe("t" + i, row(0.8));
        }
        return learner.profile();
    }

    private static DriftSettings settings(boolean together) {
        return DriftSettings.builder().windowRows(WINDOW).together(together).build();
    }

    private Feed feed(boolean together) {
        return new Feed(Loops.bandit("films", settings(together)), training()).serve(1);
    }

    private void decide(Feed feed, int count, double correlation) {
        for (int i = 0; i < count; i++) {
            feed.decide(row(correlation));
        }
    }

    @Test
    void inputsThatGoTogetherOtherwiseAreToldThoughNoneMovedByItself() {
        Feed feed = feed(true);
        decide(feed, 4 * WINDOW, 0.8);
        assertThat(feed.drifts).isEmpty();
        feed.restore();
        decide(feed, 5 * WINDOW, -0.8);
        assertThat(feed.drifts).extracting(Drift::state).containsExactly(DriftState.SUSPECTED, DriftState.DETECTED);
        Drift drift = feed.drifts.get(1);
        assertThat(drift.kind()).isEqualTo(DriftKind.INPUTS);
        assertThat(drift.test()).isEqualTo("domain classifier");
        assertThat(drift.inputs().subList(0, 2))
                .extracting(MovedInput::input)
                .containsExactlyInAnyOrder("price", "quality");
        assertThat(drift.description()).startsWith("new rows can be told from old ones (AUC 0.");
        assertThat(drift.reference()).isEqualTo("the first 500 decisions that were like the training data");
        feed.restore();
        assertThat(feed.watch().status(feed.now()).active()).hasSize(1);
        assertThat(feed.watch().status(feed.now()).figures().get("inputs").toString())
                .contains("together={areaUnderCurve=0.");
        decide(feed, 4 * WINDOW, 0.8);
        assertThat(feed.in(DriftState.RESOLVED)).hasSize(1);
    }

    /** Neither the rows that were kept nor what was found is lost. */
    @Test
    void restartsDoNotChangeWhatIsTold() {
        Profile training = training();
        Feed whole = new Feed(Loops.bandit("films", settings(true)), training).serve(1);
        Feed restarted = new Feed(Loops.bandit("films", settings(true)), training).serve(1);
        for (int i = 0; i < 9 * WINDOW; i++) {
            Map<String, Object> row = row(i < 4 * WINDOW ? 0.8 : -0.8);
            whole.decide(row);
            restarted.decide(row);
            if (i % 70 == 0) {
                restarted.restore();
            }
        }
        assertThat(restarted.drifts).isEqualTo(whole.drifts).hasSize(2);
    }

    @Test
    void isNotAskedWhereTheLoopDoesNotWantIt() {
        Feed feed = feed(false);
        decide(feed, 4 * WINDOW, 0.8);
        decide(feed, 5 * WINDOW, -0.8);
        assertThat(feed.drifts).isEmpty();
    }

    /** 20 loops with some 8 comparisons each, at a level of some 0.00001. */
    @Test
    void staysQuietWhileNothingChanges() {
        for (int seed = 0; seed < 20; seed++) {
            random.setSeed(2000 + seed);
            Feed feed = feed(true);
            decide(feed, 10 * WINDOW, 0.8);
            assertThat(feed.drifts).as("seed %d", seed).isEmpty();
        }
    }

    /** The model heeds price a lot, zone a little and noise0 not at all; noise0 moves furthest. */
    @Test
    void whatMovedIsRankedByWhatItDoesToDecisions() {
        Feed feed = feed(true);
        feed.scores = row -> {
            double price = ((Number) row.get("price")).doubleValue();
            return new double[] {price, 0.2, "z1".equals(row.get("zone")) ? 0.25 : 0};
        };
        for (int i = 0; i < 2 * WINDOW; i++) {
            Map<String, Object> row = row(0.8);
            row.put("price", (double) row.get("price") + 1);
            row.put("noise0", (double) row.get("noise0") + 3);
            row.put("zone", random.nextInt(3) > 0 ? "z1" : row.get("zone"));
            feed.decide(row);
        }
        Drift drift = feed.in(DriftState.DETECTED).get(0);
        List<MovedInput> moved = drift.inputs();
        assertThat(moved).extracting(MovedInput::input).containsExactly("price", "zone", "noise0");
        assertThat(moved.get(0).decisionsChanged()).isBetween(0.2, 0.6);
        assertThat(moved.get(0).description()).contains("% of the decisions, scores by ");
        assertThat(moved.get(1).decisionsChanged()).isBetween(0.01, 0.5);
        assertThat(moved.get(2).decisionsChanged()).isZero();
        // The size of the drift stays that of what moved furthest.
        assertThat(drift.effect()).isEqualTo(moved.get(2).effect());
    }

    @Test
    void aModelThatCannotScoreTheRowsStopsNothing() {
        Feed feed = feed(true);
        feed.scores = row -> {
            throw new IllegalStateException("must be a bandit model");
        };
        for (int i = 0; i < 2 * WINDOW; i++) {
            Map<String, Object> row = row(0.8);
            row.put("price", (double) row.get("price") + 1);
            feed.decide(row);
        }
        assertThat(feed.in(DriftState.DETECTED)).hasSize(1);
    }

    @Test
    void withoutAModelThatSaysSoTheLargestEffectIsFirst() {
        Feed feed = feed(true);
        for (int i = 0; i < 2 * WINDOW; i++) {
            Map<String, Object> row = row(0.8);
            row.put("price", (double) row.get("price") + 1);
            row.put("noise0", (double) row.get("noise0") + 3);
            feed.decide(row);
        }
        List<MovedInput> moved = feed.in(DriftState.DETECTED).get(0).inputs();
        assertThat(moved).extracting(MovedInput::input).startsWith("noise0");
        assertThat(moved).extracting(MovedInput::decisionsChanged).containsOnlyNulls();
    }
}
