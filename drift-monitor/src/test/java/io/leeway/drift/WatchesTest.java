package io.leeway.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.DriftSeverity;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.Loop;
import io.leeway.core.drift.Profile;
import io.leeway.core.drift.ProfileLearner;
import io.leeway.drift.WatchEvent.Chosen;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.drift.WatchEvent.Rewarded;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is watched beside quality and inputs: each change is found, named, and named as what it is. */
class WatchesTest {
    private static final int WINDOW = 400;

    private final Random random = new Random(1000);

    private static DriftSettings settings(String reference, String segment, List<DriftKind> retrainOn) {
        return DriftSettings.builder()
                .windowRows(WINDOW)
                .coolDown(Duration.ZERO)
                .retrainsPerDay(24)
                .retrainOn(retrainOn)
                .reference(reference)
                .segment(segment)
                .build();
    }

    private static Feed feed(Loop loop) {
        return new Feed(loop).serve(1);
    }

    private static Feed bandit() {
        return feed(Loops.bandit("films", settings(null, null, null)));
    }

    private static List<Drift> detected(Feed feed, DriftKind kind) {
        return feed.in(DriftState.DETECTED).stream()
                .filter(drift -> drift.kind() == kind)
                .toList();
    }

    private Rewarded rewarded(Feed feed, double reward, double predicted, boolean matched, double delay) {
        return new Rewarded(feed.now(), 1, reward, predicted, matched, matched ? delay : null, null);
    }

    private double coin(double rate) {
        return random.nextDouble() < rate ? 1 : 0;
    }

    private Decided decided(Feed feed, List<String> offered, double first) {
        double rest = (1 - first) / (offered.size() - 1);
        boolean best = random.nextDouble() < first;
        String action = best ? offered.get(0) : offered.get(1 + random.nextInt(offered.size() - 1));
        double entropy = -(first * Math.log(first) + (1 - first) * Math.log(rest)) / Math.log(offered.size());
        Chosen chosen = new Chosen(action, offered, offered.size(), best ? first : rest, rest, entropy);
        return new Decided(feed.now(), 1, Map.of(), chosen, 0.7);
    }

    @Test
    void rewardsThatStopArrivingAreTold() {
        Feed feed = bandit();
        for (int i = 0; i < 3000; i++) {
            feed.take(rewarded(feed, coin(0.7), 0.7, random.nextDouble() < (i < 2000 ? 0.8 : 0.3), 1));
        }
        List<Drift> drifts = detected(feed, DriftKind.REWARDS);
        assertThat(drifts).hasSize(1);
        assertThat(drifts.get(0).description())
                .startsWith("share of decisions that got a reward: 0.")
                .endsWith(": a degradation");
        assertThat(drifts.get(0).severity()).isEqualTo(DriftSeverity.MEDIUM);
        assertThat(drifts.get(0).window().rows()).isBetween(10L, 200L);
        assertThat(drifts.get(0).reference()).matches("the \\d+ feedbacks before");
        assertThat(feed.requests).isEmpty();
    }

    @Test
    void rewardsThatComeLaterAreTold() {
        Feed feed = bandit();
        for (int i = 0; i < 3000; i++) {
            double delay = -Math.log(random.nextDouble()) * (i < 2000 ? 5 : 15);
            feed.take(rewarded(feed, coin(0.7), 0.7, true, delay));
        }
        List<Drift> drifts = detected(feed, DriftKind.REWARDS);
        assertThat(drifts).hasSize(1);
        assertThat(drifts.get(0).description()).startsWith("mean delay of rewards in seconds, ");
        assertThat(drifts.get(0).effect()).isBetween(4.0, 25.0);
    }

    /** Milliseconds in waves of 100, as of a busy machine. */
    @Test
    void delaysOfAFewMillisecondsAreAlikeAndSecondsAreNot() {
        Feed feed = bandit();
        for (int i = 0; i < 3000; i++) {
            double delay = (i / 100 % 2 == 0 ? 0.001 : 0.006) * (1 + random.nextDouble());
            feed.take(rewarded(feed, coin(0.7), 0.7, true, delay));
        }
        assertThat(feed.drifts).isEmpty();
        for (int i = 0; i < 1000; i++) {
            feed.take(rewarded(feed, coin(0.7), 0.7, true, 1 + 4 * random.nextDouble()));
        }
        assertThat(detected(feed, DriftKind.REWARDS)).hasSize(1);
        assertThat(detected(feed, DriftKind.REWARDS).get(0).description()).startsWith("mean delay of rewards");
    }

    @Test
    void aWiderSpreadOfWhatIsObservedIsCalledSpread() {
        Feed feed = feed(Loops.regression("taxi", settings(null, null, null)));
        for (int i = 0; i < 4000; i++) {
            double value = 20 + random.nextGaussian() * (i < 3000 ? 2 : 6);
            feed.take(rewarded(feed, value, value + 0.1 * random.nextGaussian(), true, 1));
        }
        List<Drift> drifts = detected(feed, DriftKind.REWARDS);
        assertThat(drifts).hasSize(1);
        assertThat(drifts.get(0).description()).startsWith("spread of observed values (mean distance from ");
        assertThat(drifts.get(0).other()).containsEntry("change", "spread").containsEntry("direction", "either");
        // The mean distance of a normal value is 0.8 standard deviations.
        assertThat(drifts.get(0).effect()).isBetween(1.6, 4.8);
        assertThat(detected(feed, DriftKind.PREDICTIONS))
                .extracting(Drift::description)
                .allMatch(words -> words.startsWith("spread of predictions"));
    }

    /** High predictions turn out too high and low ones too low, which no mean shows. */
    @Test
    void calibrationThatIsLostOnBothSidesIsTold() {
        Feed feed = bandit();
        for (int i = 0; i < 9000; i++) {
            double predicted = i % 2 == 0 ? 0.8 : 0.2;
            feed.take(rewarded(feed, coin(i < 6000 ? predicted : 0.5), predicted, true, 1));
        }
        List<Drift> drifts = detected(feed, DriftKind.QUALITY);
        assertThat(drifts).extracting(Drift::description).anyMatch(words -> words.startsWith("calibration slope"));
        Drift slope = drifts.stream()
                .filter(drift -> drift.description().startsWith("calibration slope"))
                .findFirst()
                .orElseThrow();
        assertThat(slope.effect()).isBetween(-1.5, -0.5);
    }

    @Test
    void anExplorationThatDiesAwayIsTold() {
        Feed feed = bandit();
        List<String> offered = List.of("a", "b", "c", "d");
        for (int i = 0; i < 2000; i++) {
            double wobble = 0.05 * random.nextDouble();
            feed.take(decided(feed, offered, (i < 1500 ? 0.7 : 0.9) + wobble));
        }
        assertThat(detected(feed, DriftKind.ACTIONS))
                .extracting(Drift::description)
                .anyMatch(words -> words.startsWith("exploration, entropy as a share of the uniform policy's: 0."));
        Map<?, ?> health = (Map<?, ?>) feed.watch().status(feed.now()).figures().get("exploration health");
        assertThat((double) health.get("effectiveShare")).isBetween(0.01, 0.6);
        assertThat((double) health.get("smallestProbability")).isBetween(0.01, 0.04);
    }

    @Test
    void otherChoicesOfTheSameModelAreDriftAndThoseOfItsSuccessorAreNot() {
        Feed feed = bandit();
        for (int i = 0; i < 3 * WINDOW; i++) {
            feed.take(decided(feed, List.of("a", "b", "c"), 0.6));
        }
        assertThat(feed.drifts).isEmpty();
        feed.serve(2);
        for (int i = 0; i < 3 * WINDOW; i++) {
            Decided one = decided(feed, List.of("b", "c", "a"), 0.6);
            feed.take(new Decided(one.time(), 2, one.row(), one.chosen(), one.predicted()));
        }
        assertThat(feed.drifts).isEmpty();
        for (int i = 0; i < 2 * WINDOW; i++) {
            Decided one = decided(feed, List.of("c", "a", "b"), 0.6);
            feed.take(new Decided(one.time(), 2, one.row(), one.chosen(), one.predicted()));
        }
        assertThat(feed.drifts).extracting(Drift::state).containsExactly(DriftState.SUSPECTED, DriftState.DETECTED);
        assertThat(feed.drifts.get(1).description())
                .startsWith("actions chosen: ")
                .contains("'c'");
        assertThat(feed.requests).isEmpty();
    }

    @Test
    void anotherOfferIsToldAsThatAndNotAsAnotherChoice() {
        Feed feed = bandit();
        for (int i = 0; i < 4 * WINDOW; i++) {
            feed.take(decided(feed, i < 2 * WINDOW ? List.of("a", "b", "c") : List.of("a", "b", "new"), 0.4));
        }
        assertThat(detected(feed, DriftKind.ACTIONS))
                .extracting(Drift::description)
                .hasSize(1)
                .allMatch(words -> words.startsWith("actions offered: "));
    }

    @Test
    void aSegmentThatGetsWorseIsNamed() {
        Feed feed = feed(Loops.bandit("films", settings(null, "country", null)));
        for (int i = 0; i < 12_000; i++) {
            String country = List.of("DE", "FR", "US").get(random.nextInt(3));
            boolean bad = i >= 9000 && country.equals("FR");
            feed.take(new Rewarded(feed.now(), 1, coin(bad ? 0.35 : 0.7), 0.7, true, 1.0, country));
        }
        Drift drift = feed.quality.stream()
                .filter(one -> one.segment() != null)
                .findFirst()
                .orElseThrow();
        assertThat(drift.segment()).isEqualTo("country=FR");
        assertThat(drift.description()).startsWith("country=FR: mean reward minus predicted: ");
        assertThat(drift.severity()).isEqualTo(DriftSeverity.HIGH);
        assertThat(feed.quality).extracting(Drift::segment).isSubsetOf("country=FR", null);
        assertThat(feed.requests.get(0).driftId()).isEqualTo(drift.driftId());
    }

    /** 30 loops with 4,000 feedbacks and as many decisions each: at one false alarm in 3 million events or fewer 0.1 are expected. */
    @Test
    void allOfItTogetherStaysQuietWhileNothingChanges() {
        for (int seed = 0; seed < 30; seed++) {
            random.setSeed(2000 + seed);
            Feed feed = feed(Loops.bandit("films", settings(null, "country", null)));
            for (int i = 0; i < 4000; i++) {
                feed.take(decided(feed, List.of("a", "b", "c"), 0.6));
                double predicted = 0.4 + 0.4 * random.nextDouble();
                String country = List.of("DE", "FR", "US").get(random.nextInt(3));
                boolean matched = random.nextDouble() < 0.8;
                feed.take(new Rewarded(
                        feed.now(),
                        1,
                        coin(predicted),
                        predicted,
                        matched,
                        matched ? -Math.log(random.nextDouble()) : null,
                        country));
            }
            assertThat(feed.drifts).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void onlyTheKindsThatTheLoopNamesAskForRetraining() {
        Feed feed = feed(Loops.bandit("films", settings(null, null, List.of(DriftKind.REWARDS))));
        for (int i = 0; i < 2800; i++) { // A request stays open for 15 minutes, which is 900 feedbacks.
            feed.take(rewarded(feed, coin(0.7), 0.7, random.nextDouble() < (i < 2000 ? 0.8 : 0.3), 1));
        }
        assertThat(feed.requests).hasSize(1);
        assertThat(feed.requests.get(0).driftId())
                .isEqualTo(detected(feed, DriftKind.REWARDS).get(0).driftId());
        Feed quiet = feed(Loops.bandit("films", settings(null, null, List.of())));
        for (int i = 0; i < 3000; i++) {
            quiet.take(rewarded(quiet, coin(i < 2000 ? 0.7 : 0.1), 0.7, true, 1));
        }
        assertThat(quiet.quality).isNotEmpty();
        assertThat(quiet.requests).isEmpty();
    }

    private Feed inputs(String reference, Profile training, int rows, java.util.function.IntToDoubleFunction mean) {
        Feed feed = new Feed(Loops.bandit("films", settings(reference, null, List.of(DriftKind.INPUTS))), training)
                .serve(1);
        for (int i = 0; i < rows; i++) {
            feed.decide(Map.of("x", mean.applyAsDouble(i) + random.nextGaussian()));
        }
        return feed;
    }

    private Profile training() {
        ProfileLearner learner = new ProfileLearner();
        for (int i = 0; i < 5000; i++) {
            learner.observe("t" + i, Map.of("x", random.nextGaussian()));
        }
        return learner.profile();
    }

    @Test
    void aTrailingWindowNeedsNoModelAndGetsUsedToAChange() {
        Feed feed = inputs("trailing", Profile.EMPTY, 8 * WINDOW, i -> i < 4 * WINDOW ? 0 : 1);
        assertThat(feed.drifts)
                .extracting(Drift::state)
                .containsExactly(DriftState.SUSPECTED, DriftState.DETECTED, DriftState.RESOLVED);
        assertThat(feed.drifts.get(1).reference()).isEqualTo("the 400 decisions before");
    }

    @Test
    void aDataSetIsComparedWithByItsName() {
        Feed feed = inputs("march", Profile.EMPTY, WINDOW, i -> 1);
        assertThat(feed.drifts).isEmpty();
        assertThat(feed.watch().status(feed.now()).figures().get("inputs").toString())
                .contains("there is no data set march");
        feed.take(new WatchEvent.DatasetGiven("march", new Dataset("march", feed.now(), "a test", training())));
        for (int i = 0; i < WINDOW; i++) {
            feed.decide(Map.of("x", 1 + random.nextGaussian()));
        }
        assertThat(feed.in(DriftState.DETECTED)).extracting(Drift::reference).containsExactly("data set march");
        feed.restore();
        assertThat(feed.watch().status(feed.now()).active()).hasSize(1);
    }

    /** Nights and days differ by three standard deviations, for four weeks, two decisions a minute. */
    @Test
    void aDailyRhythmIsNoDriftWhereTheSamePhaseIsTheReference() {
        int perDay = 2880;
        Feed feed = new Feed(Loops.bandit("films", settings("phase", null, null))).serve(1);
        Feed trailing = new Feed(Loops.bandit("films", settings("trailing", null, null))).serve(1);
        for (int i = 0; i < 21 * perDay; i++) {
            double rhythm = 1.5 * Math.sin(2 * Math.PI * i / perDay);
            Map<String, Object> row = Map.of("x", rhythm + random.nextGaussian());
            feed.pass(Duration.ofSeconds(29)).decide(row);
            trailing.pass(Duration.ofSeconds(29)).decide(row);
        }
        assertThat(feed.in(DriftState.DETECTED)).isEmpty();
        assertThat(trailing.in(DriftState.DETECTED)).hasSizeGreaterThan(20);
        for (int i = 0; i < perDay; i++) {
            double rhythm = 1.5 * Math.sin(2 * Math.PI * i / perDay);
            feed.pass(Duration.ofSeconds(29)).decide(Map.of("x", 1 + rhythm + random.nextGaussian()));
        }
        assertThat(feed.in(DriftState.DETECTED)).hasSize(1);
        assertThat(feed.in(DriftState.DETECTED).get(0).reference()).isEqualTo("the same hours of earlier days");
    }

    /** A model was asked for because of these inputs, it came, and they are the same to it: no endless loop. */
    @Test
    void theSameInputsAskOnceAndOthersAskAgain() {
        Feed feed = inputs("model", training(), 3 * WINDOW, i -> 1);
        assertThat(feed.requests).hasSize(1);
        feed.serve(2);
        for (int i = 0; i < 3 * WINDOW; i++) {
            feed.decide(Map.of("x", 1 + random.nextGaussian()));
        }
        assertThat(feed.in(DriftState.DETECTED)).hasSize(2);
        assertThat(feed.requests).hasSize(1);
        feed.serve(3);
        for (int i = 0; i < 3 * WINDOW; i++) {
            feed.decide(Map.of("x", 3 + random.nextGaussian()));
        }
        assertThat(feed.requests).hasSize(1 + 1);
    }

    @Test
    void brokenDataAreAKindOfTheirOwn() {
        Feed feed = new Feed(Loops.bandit("films", settings(null, null, null)), training()).serve(1);
        for (int i = 0; i < 2 * WINDOW; i++) {
            feed.decide(Map.of("x", "n/a"));
        }
        assertThat(feed.in(DriftState.DETECTED)).extracting(Drift::kind).containsExactly(DriftKind.DATA);
        assertThat(feed.in(DriftState.DETECTED)).extracting(Drift::severity).containsExactly(DriftSeverity.HIGH);
        assertThat(feed.in(DriftState.DETECTED).get(0).other().get("checks").toString())
                .contains("data_type_check");
    }
}
