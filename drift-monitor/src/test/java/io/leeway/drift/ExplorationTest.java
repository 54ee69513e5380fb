package io.leeway.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.DriftState;
import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.ExplorationWindow.Figures;
import io.leeway.drift.WatchEvent.Chosen;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.drift.WatchEvent.Rewarded;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Streams are java.util.Random(1000). Three actions, of which the model holds the first best. */
class ExplorationTest {
    private static final List<String> THREE = List.of("a", "b", "c");

    private final Random random = new Random(1000);

    /** Epsilon-greedy: the first with 1 - 2/3 epsilon, the others with a third of epsilon each. */
    private Chosen choose(double epsilon) {
        double rest = epsilon / 3;
        double draw = random.nextDouble();
        String action = draw < rest ? "b" : draw < 2 * rest ? "c" : "a";
        boolean best = action.equals("a");
        return new Chosen(action, THREE, 3, best ? 1 - 2 * rest : rest, rest, 0.5, best ? 1.0 : 0.0);
    }

    @Test
    void effectiveSampleSizeIsKishs() {
        ExplorationWindow window = new ExplorationWindow();
        Optional<Figures> figures = Optional.empty();
        for (int i = 0; i < ExplorationWindow.DECISIONS; i++) {
            // Even policy: weights 1/(3 x 0.8) 20 times, 1/(3 x 0.1) 5 times. Greedy: 1/0.8 20 times, 0 5 times.
            boolean best = i % 5 != 0;
            figures = window.add(new Chosen(best ? "a" : "b", THREE, 3, best ? 0.8 : 0.1, 0.1, 0.5, best ? 1.0 : 0.0));
            window = ExplorationWindow.fromJson(JsonObject.of(Json.read(Json.writeBytes(window.toJson()))));
        }
        double sum = 20 / 2.4 + 5 / 0.3;
        double squares = 20 / (2.4 * 2.4) + 5 / (0.3 * 0.3);
        assertThat(figures.orElseThrow().even()).isCloseTo(sum * sum / squares / 25, within(1e-12));
        assertThat(figures.orElseThrow().greedy()).isCloseTo(20.0 / 25, within(1e-12));
        assertThat(figures.orElseThrow().smallest()).isEqualTo(0.1);
    }

    @Test
    void greedyIsTheHighestScoreAndTiesAreShared() {
        Greedy scored = Greedy.of(List.of(one("a", 0.2, 1.0), one("b", 0.5, 3.0), one("c", 0.3, 3.0)));
        assertThat(scored.share("a")).isZero();
        assertThat(scored.share("b")).isEqualTo(0.5);
        assertThat(scored.score()).isEqualTo(3.0);
        // What cannot be taken is not what the greedy policy takes; and without scores the most probable one is.
        assertThat(Greedy.of(List.of(one("a", 0, 9.0), one("b", 1, 3.0))).share("b"))
                .isEqualTo(1);
        Greedy probable = Greedy.of(List.of(one("a", 0.2, null), one("b", 0.8, 3.0)));
        assertThat(probable.share("b")).isEqualTo(1);
        assertThat(probable.score()).isNull();
    }

    private static ActionProbability one(String action, double probability, Double score) {
        return new ActionProbability(action, probability, score);
    }

    private Feed watched() {
        return new Feed(Loops.bandit(
                        "films",
                        DriftSettings.builder().falseAlarmFeedbacks(100_000L).build()))
                .serve(1);
    }

    private static List<String> told(Feed feed) {
        return feed.in(DriftState.DETECTED).stream()
                .map(drift -> (String) drift.other().get("measure"))
                .toList();
    }

    @Test
    void explorationThatEndsIsToldByEffectiveSampleSizeAndSmallestProbability() {
        Feed feed = watched();
        for (int i = 0; i < 10_000; i++) {
            feed.take(new Decided(feed.now(), 1, Map.of(), choose(0.3), null));
        }
        assertThat(told(feed)).isEmpty();
        for (int i = 0; i < 2_000; i++) {
            feed.take(new Decided(feed.now(), 1, Map.of(), choose(0.01), null));
        }
        assertThat(told(feed)).contains("sample", "smallest");
        Drift smallest = feed.in(DriftState.DETECTED).stream()
                .filter(drift -> "smallest".equals(drift.other().get("measure")))
                .findFirst()
                .orElseThrow();
        assertThat(smallest.kind()).isEqualTo(DriftKind.ACTIONS);
        assertThat(smallest.description()).contains("smallest probability of an action: 0.1 -> 0.0");
    }

    @Test
    void aGreedyActionThatIsHardlyTakenAnyMoreIsToldByItsEffectiveSampleSize() {
        Feed feed = watched();
        for (int i = 0; i < 10_000; i++) {
            feed.take(new Decided(feed.now(), 1, Map.of(), choose(0.3), null));
        }
        for (int i = 0; i < 3_000; i++) {
            Chosen even = choose(1);
            feed.take(new Decided(feed.now(), 1, Map.of(), even, null));
        }
        assertThat(told(feed)).contains("greedy_sample");
    }

    /**
     * Rewards of 0.7 for the greedy action and 0.2 for others, which the scores have wrong. The greedy policy's value is 0.7, the running
     * one's 0.6; intervals at 95 % for all times at once, here looked at once.
     */
    @Test
    void theGreedyPolicysValueIsFoundFromWhatAnotherPolicyLogged() {
        Feed feed = watched();
        for (int i = 0; i < 8_000; i++) {
            feed.take(feedback(feed, choose(0.3), 0.7));
        }
        Map<?, ?> figures =
                (Map<?, ?>) feed.watch().status(feed.now()).figures().get("policy value");
        assertHolds(figures, "running", 0.8 * 0.7 + 0.2 * 0.2);
        assertHolds(figures, "greedy", 0.7);
        assertHolds(figures, "greedyMinusRunning", 0.7 - (0.8 * 0.7 + 0.2 * 0.2));
        assertThat(told(feed)).isEmpty();
        feed.restore();
        assertThat(feed.watch().status(feed.now()).figures()).containsEntry("policy value", figures);
        for (int i = 0; i < 4_000; i++) {
            feed.take(feedback(feed, choose(0.3), 0.5));
        }
        assertThat(told(feed)).contains("greedy_value");
    }

    private Rewarded feedback(Feed feed, Chosen chosen, double rate) {
        boolean best = chosen.greedy() == 1;
        double reward = random.nextDouble() < (best ? rate : 0.2) ? 1 : 0;
        return new Rewarded(
                feed.now(),
                1,
                reward,
                best ? 0.9 : 0.4,
                true,
                1.0,
                null,
                chosen.greedy() / chosen.probability(),
                0.9,
                0);
    }

    private static void assertHolds(Map<?, ?> figures, String name, double truth) {
        Map<?, ?> figure = (Map<?, ?>) figures.get(name);
        assertThat(truth).as(name).isBetween((Double) figure.get("low"), (Double) figure.get("high"));
        assertThat((Double) figure.get("high") - (Double) figure.get("low"))
                .as(name)
                .isLessThan(0.1);
    }
}
