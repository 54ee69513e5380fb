package io.leeway.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leeway.contracts.Cause;
import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.RetrainRequest;
import io.leeway.drift.WatchEvent.Rewarded;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Streams are java.util.Random(1000 + i). Feedback comes once a second. */
class QualityTest {
    /** A bandit whose model promises 0.7 and whose rewards are 1 with the probability given. */
    private static void play(Feed feed, Random random, int feedbacks, double rewardRate) {
        for (int i = 0; i < feedbacks; i++) {
            feed.reward(random.nextDouble() < rewardRate ? 1 : 0, 0.7);
        }
    }

    @Test
    void asksOnceForRetrainingWhenRewardsFallBelowWhatTheModelPromised() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(1000 + seed);
            Feed feed = new Feed(Loops.bandit("films", Loops.eager())).serve(1);
            play(feed, random, 2000, 0.7);
            assertThat(feed.quality).isEmpty();
            Instant change = feed.now();
            play(feed, random, 300, 0.1);

            assertThat(feed.quality).hasSize(1);
            Drift drift = feed.quality.get(0);
            assertThat(drift.state()).isEqualTo(DriftState.DETECTED);
            assertThat(drift.kind()).isEqualTo(DriftKind.QUALITY);
            assertThat(drift.modelVersion()).isEqualTo(1);
            assertThat(drift.effect()).isBetween(-0.85, -0.35);
            assertThat(Duration.between(change, drift.since()).abs()).isLessThan(Duration.ofSeconds(20));
            assertThat(Duration.between(change, drift.time())).isLessThan(Duration.ofSeconds(150));
            assertThat(drift.description())
                    .matches("mean reward minus predicted: -?0\\.\\d+ -> -0\\.\\d+ over the last \\d+ feedbacks, "
                            + "e-detector, at most one false alarm in [\\d,]+ values: a degradation");

            assertThat(feed.requests).hasSize(1);
            RetrainRequest request = feed.requests.get(0);
            assertThat(request.cause()).isEqualTo(Cause.DRIFT);
            assertThat(request.driftId()).isEqualTo(drift.driftId());
            assertThat(request.reason()).isEqualTo(drift.description());
            assertThat(Duration.between(change, request.since()).abs()).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void anImprovementIsToldButAsksForNothing() {
        Random random = new Random(1000);
        Feed feed = new Feed(Loops.bandit("films", Loops.eager())).serve(1);
        play(feed, random, 2000, 0.4);
        play(feed, random, 500, 0.95);
        assertThat(feed.quality).hasSize(1);
        assertThat(feed.quality.get(0).effect()).isPositive();
        assertThat(feed.quality.get(0).description()).endsWith(": an improvement");
        assertThat(feed.quality.get(0).other()).containsEntry("direction", "better");
        assertThat(feed.requests).isEmpty();
    }

    @Test
    void aFallThatEndsAnImprovementIsADegradationOfItsOwn() {
        Random random = new Random(1000);
        Feed feed = new Feed(Loops.bandit("films", Loops.eager())).serve(1);
        play(feed, random, 1000, 0.5);
        play(feed, random, 500, 0.8);
        play(feed, random, 500, 0.05);
        assertThat(feed.quality)
                .extracting(Drift::state)
                .containsExactly(DriftState.DETECTED, DriftState.RESOLVED, DriftState.DETECTED);
        assertThat(feed.quality.get(2).driftId())
                .isNotEqualTo(feed.quality.get(0).driftId());
        assertThat(feed.quality.get(2).description()).endsWith(": a degradation");
        assertThat(feed.requests).hasSize(1);
    }

    @Test
    void isResolvedWhenRewardsComeBack() {
        Random random = new Random(1000);
        Feed feed = new Feed(Loops.bandit("films", Loops.eager())).serve(1);
        play(feed, random, 1000, 0.7);
        play(feed, random, 300, 0.1);
        play(feed, random, 1000, 0.7);
        assertThat(feed.quality).extracting(Drift::state).containsExactly(DriftState.DETECTED, DriftState.RESOLVED);
        assertThat(feed.quality.get(1).driftId()).isEqualTo(feed.quality.get(0).driftId());
        assertThat(feed.watch().status(feed.now()).active()).isEmpty();
    }

    /** A detector that begins anew with its alarm has hardly seen the fall when rewards are back, so it cannot tell that they are. */
    @Test
    void aShortFallIsResolvedToo() {
        for (int fall : new int[] {40, 50, 60, 80}) {
            for (int seed = 0; seed < 20; seed++) {
                Random random = new Random(1000 + seed);
                Feed feed = new Feed(Loops.bandit("films", Loops.eager())).serve(1);
                play(feed, random, 1000, 0.7);
                play(feed, random, fall, 0.1);
                play(feed, random, 400, 0.7);
                assertThat(feed.quality)
                        .as("fall %d, seed %d", fall, seed)
                        .extracting(Drift::state)
                        .containsExactly(DriftState.DETECTED, DriftState.RESOLVED);
            }
        }
    }

    /** By a fifth of a standard deviation: half of it is known to a few hundred values at the best. */
    @Test
    void aSmallFallThatLastsIsNotResolved() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(1000 + seed);
            Feed feed = new Feed(Loops.bandit("films", Loops.eager())).serve(1);
            play(feed, random, 5000, 0.7);
            play(feed, random, 10_000, 0.6);
            assertThat(feed.watch().status(feed.now()).active())
                    .as("seed %d", seed)
                    .anyMatch(drift -> drift.kind() == DriftKind.QUALITY);
            Drift lasting = feed.quality.get(feed.quality.size() - 1);
            assertThat(lasting.state()).as("seed %d", seed).isEqualTo(DriftState.DETECTED);
            play(feed, random, 5000, 0.7);
            assertThat(feed.in(DriftState.RESOLVED)).as("seed %d", seed).anyMatch(drift -> drift.driftId()
                    .equals(lasting.driftId()));
        }
    }

    @Test
    void portionsOfABacklogThatAreOutOfOrderAreNoRecovery() {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(1000 + seed);
            Feed feed = new Feed(Loops.bandit("films", Loops.eager())).serve(1);
            play(feed, random, 1000, 0.7);
            play(feed, random, 100, 0.1);
            play(feed, random, 60, 0.7); // As if the change were known to a few feedbacks only.
            play(feed, random, 400, 0.1);
            assertThat(feed.quality).extracting(Drift::state).containsExactly(DriftState.DETECTED);
            assertThat(feed.requests).hasSize(1);
        }
    }

    /** Half of the partitions stood still since 250 s before the change; then all that they hold comes at once, the oldest first. */
    @Test
    void aBacklogFromBeforeTheChangeIsNoRecoveryHoweverLong() {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(1000 + seed);
            Feed feed = new Feed(Loops.bandit("films", Loops.eager())).serve(1);
            play(feed, random, 250, 0.7);
            Instant stoodStill = feed.now();
            play(feed, random, 250, 0.7);
            Instant change = feed.now();
            play(feed, random, 120, 0.1);
            for (int i = 0; i < 3000; i++) {
                Instant time = stoodStill.plusMillis(i * 370L / 3);
                double rate = time.isBefore(change) ? 0.7 : 0.1;
                feed.catchUp(new Rewarded(time, 1, random.nextDouble() < rate ? 1 : 0, 0.7));
            }
            play(feed, random, 500, 0.1);

            assertThat(feed.quality)
                    .as("seed %d", seed)
                    .extracting(Drift::state)
                    .containsExactly(DriftState.DETECTED);
            assertThat(feed.requests).hasSize(1);
            assertThat(figure(feed, "residual", "fromBeforeTheChange")).isBetween(1800.0, 2200.0);
            assertThat(feed.watch().status(feed.now()).feedbacks()).isEqualTo(4120);

            play(feed, random, 1000, 0.7);
            assertThat(feed.in(DriftState.RESOLVED)).isNotEmpty();
        }
    }

    /** A decision from the year 2100 begins no change that nothing can end. */
    @Test
    void aClockThatIsFarAheadDoesNotPutTheRestAside() {
        Duration ahead = Duration.ofDays(20_000);
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(1000 + seed);
            Feed feed = new Feed(Loops.bandit("films", Loops.eager())).serve(1);
            play(feed, random, 1000, 0.7);
            for (int i = 0; i < 300; i++) {
                feed.take(new Rewarded(feed.now().plus(ahead), 1, random.nextDouble() < 0.1 ? 1 : 0, 0.7));
            }
            play(feed, random, 1000, 0.7);
            assertThat(feed.quality)
                    .as("seed %d", seed)
                    .extracting(Drift::state)
                    .containsExactly(DriftState.DETECTED, DriftState.RESOLVED);
        }
    }

    private static double figure(Feed feed, String measure, String name) {
        Object figures = feed.watch().status(feed.now()).figures().get(measure);
        return ((Number) ((Map<?, ?>) figures).get(name)).doubleValue();
    }

    /** 40 loops of 5,000 feedbacks at a rate of 0.07 false alarms per million expect 0.014. */
    @Test
    void staysQuietWhileNothingChanges() {
        for (int seed = 0; seed < 40; seed++) {
            Feed feed = new Feed(Loops.bandit("films", Loops.eager())).serve(1);
            play(feed, new Random(1000 + seed), 5000, 0.7);
            assertThat(feed.quality).as("seed %d", seed).isEmpty();
            assertThat(feed.requests).isEmpty();
        }
    }

    @Test
    void anotherModelBeginsANewWatch() {
        Random random = new Random(1000);
        Feed feed = new Feed(Loops.bandit("films", Loops.eager())).serve(1);
        play(feed, random, 1000, 0.7);
        play(feed, random, 200, 0.1);
        feed.serve(2);
        assertThat(feed.quality).extracting(Drift::state).containsExactly(DriftState.DETECTED, DriftState.RESOLVED);
        assertThat(feed.quality.get(1).description()).isEqualTo("model version 2 serves");
        // The level of the new one differs from that of the old one: no drift.
        play(feed, random, 3000, 0.4);
        assertThat(feed.quality).hasSize(2);
        assertThat(feed.requests).hasSize(1);
        assertThat(feed.watch().status(feed.now()).feedbacks()).isEqualTo(3000);
    }

    @Test
    void feedbackOfAnOlderVersionStillOnItsWayDoesNotDisturbTheNewOne() {
        Random random = new Random(1000);
        Feed feed = new Feed(Loops.bandit("films", Loops.eager())).serve(1);
        play(feed, random, 1000, 0.7);
        feed.serve(2);
        for (int i = 0; i < 3000; i++) {
            long version = i % 3 == 0 ? 2 : 1;
            double rate = version == 2 ? 0.7 : i < 1500 ? 0.7 : 0;
            feed.take(new Rewarded(feed.now(), version, random.nextDouble() < rate ? 1 : 0, 0.7));
        }
        assertThat(feed.quality).isEmpty();
        assertThat(feed.watch().status(feed.now()).feedbacks()).isEqualTo(1000);
        assertThat(feed.watch().status(feed.now()).figures()).containsEntry("ofOtherVersions", 2000L);
    }

    @Test
    void regressionAsksWhenItsAbsoluteErrorGrows() {
        Random random = new Random(1000);
        Feed feed = new Feed(Loops.regression("taxi", Loops.eager())).serve(1);
        for (int i = 0; i < 3600; i++) { // The request stays open for 15 minutes, which is 900 feedbacks.
            double noise = random.nextGaussian() * (i < 3000 ? 5 : 15);
            feed.reward(20 + noise, 20.0);
        }
        assertThat(feed.requests).hasSize(1);
        Drift asked = feed.quality.stream()
                .filter(drift -> drift.driftId().equals(feed.requests.get(0).driftId()))
                .findFirst()
                .orElseThrow();
        assertThat(asked.description()).startsWith("mean absolute error: ").endsWith(": a degradation");
        assertThat(asked.effect()).isBetween(4.0, 14.0);
    }

    @Test
    void regressionDoesNotAskWhenItsErrorShrinks() {
        Random random = new Random(1000);
        Feed feed = new Feed(Loops.regression("taxi", Loops.eager())).serve(1);
        for (int i = 0; i < 4000; i++) {
            feed.reward(20 + random.nextGaussian() * (i < 3000 ? 15 : 5), 20.0);
        }
        assertThat(feed.in(DriftState.DETECTED)).isNotEmpty();
        assertThat(feed.requests).isEmpty();
    }

    @Test
    void withoutAModelRewardsAreWatchedButThereIsNothingToRetrain() {
        Random random = new Random(1000);
        Feed feed = new Feed(Loops.bandit("films", Loops.eager()));
        for (int i = 0; i < 3000; i++) {
            feed.reward(random.nextDouble() < (i < 2000 ? 0.6 : 0.1) ? 1 : 0, null);
        }
        assertThat(feed.drifts)
                .extracting(Drift::kind, Drift::state)
                .containsExactly(
                        tuple(DriftKind.REWARDS, DriftState.SUSPECTED), tuple(DriftKind.REWARDS, DriftState.DETECTED));
        assertThat(feed.requests).isEmpty();
    }

    @Test
    void feedbackWithoutAPredictionMovesNothing() {
        Feed feed = new Feed(Loops.bandit("films", Loops.eager())).serve(1);
        for (int i = 0; i < 1000; i++) {
            feed.reward(i < 500 ? 1 : 0, null);
        }
        assertThat(feed.quality).isEmpty();
    }

    @Test
    void aRestoredWatchGoesOnToTheSameWords() {
        for (int restartAt : new int[] {1, 50, 100, 999, 1050, 1100, 1300}) {
            Feed whole = new Feed(Loops.bandit("films", Loops.eager())).serve(1);
            Feed restarted = new Feed(Loops.bandit("films", Loops.eager())).serve(1);
            Random random = new Random(1000);
            for (int i = 0; i < 2000; i++) {
                double rate = i < 1000 ? 0.7 : i < 1400 ? 0.2 : 0.7;
                double reward = random.nextDouble() < rate ? 1 : 0;
                if (i == restartAt) {
                    restarted.restore();
                }
                whole.reward(reward, 0.7);
                restarted.reward(reward, 0.7);
            }
            assertThat(restarted.drifts).isEqualTo(whole.drifts).hasSize(6);
            assertThat(whole.quality).hasSize(2);
            assertThat(restarted.requests).isEqualTo(whole.requests).hasSize(1);
            assertThat(restarted.watch().snapshot()).isEqualTo(whole.watch().snapshot());
        }
    }
}
