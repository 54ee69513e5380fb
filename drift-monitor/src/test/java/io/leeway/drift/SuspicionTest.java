package io.leeway.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.DriftSeverity;
import io.leeway.contracts.DriftState;
import io.leeway.drift.WatchEvent.Rewarded;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Streams are java.util.Random(1000 + i). */
class SuspicionTest {
    private final Random random = new Random(1000);

    private static Feed feed(long budget) {
        DriftSettings settings =
                DriftSettings.builder().falseAlarmFeedbacks(budget).build();
        return new Feed(Loops.bandit("films", settings)).serve(1);
    }

    private void rewards(Feed feed, int count, double rate) {
        for (int i = 0; i < count; i++) {
            feed.reward(random.nextDouble() < rate ? 1 : 0, 0.7);
        }
    }

    private static List<Drift> ofQuality(Feed feed) {
        return feed.drifts.stream()
                .filter(drift -> drift.kind() == DriftKind.QUALITY)
                .toList();
    }

    @Test
    void aFallIsSuspectedBeforeItIsDetectedAsTheSameDrift() {
        Feed feed = feed(1_000_000);
        rewards(feed, 1000, 0.7);
        rewards(feed, 200, 0.3);
        List<Drift> drifts = ofQuality(feed);
        assertThat(drifts).extracting(Drift::state).containsExactly(DriftState.SUSPECTED, DriftState.DETECTED);
        assertThat(drifts.get(0).driftId()).isEqualTo(drifts.get(1).driftId());
        assertThat(drifts.get(0).time()).isBefore(drifts.get(1).time());
        assertThat(drifts.get(0).severity()).isEqualTo(DriftSeverity.LOW);
        assertThat(drifts.get(0).description())
                .startsWith("mean reward minus predicted: ")
                .contains("a tenth of the evidence that alarms");
        assertThat(feed.watch().states()).containsEntry("quality", 2);
    }

    @Test
    void aDipThatPassesIsSuspectedAndResolvedAndAsksForNothing() {
        Feed feed = feed(1_000_000);
        rewards(feed, 1000, 0.7);
        for (int i = 0; i < 200 && ofQuality(feed).isEmpty(); i++) {
            feed.reward(0, 0.7);
        }
        assertThat(ofQuality(feed)).extracting(Drift::state).containsExactly(DriftState.SUSPECTED);
        assertThat(feed.watch().states()).containsEntry("quality", 1);
        feed.restore();
        assertThat(feed.watch().states()).containsEntry("quality", 1);
        for (int i = 0; i < 300; i++) { // As it was, by turns.
            feed.reward(i % 10 < 7 ? 1 : 0, 0.7);
        }
        List<Drift> drifts = ofQuality(feed);
        assertThat(drifts).extracting(Drift::state).containsExactly(DriftState.SUSPECTED, DriftState.RESOLVED);
        assertThat(drifts.get(1).driftId()).isEqualTo(drifts.get(0).driftId());
        assertThat(drifts.get(1).description()).isEqualTo("the evidence for a change went away");
        assertThat(feed.watch().states()).containsEntry("quality", 0);
        assertThat(feed.requests).isEmpty();
    }

    /**
     * 40 loops of 20,000 feedbacks at one false alarm in 10,000: of suspicions ten times as many are allowed for, 80 alarms and 800
     * suspicions in all; of both about a third is expected at the most.
     */
    @Test
    void suspicionsKeepTheBudgetTenTimesOver() {
        int suspected = 0;
        int detected = 0;
        for (int seed = 0; seed < 40; seed++) {
            random.setSeed(1000 + seed);
            Feed feed = feed(10_000);
            for (int i = 0; i < 20_000; i++) {
                double predicted = 0.4 + 0.4 * random.nextDouble();
                double reward = random.nextDouble() < predicted ? 1 : 0;
                boolean matched = random.nextDouble() < 0.8;
                double delay = -Math.log(random.nextDouble());
                feed.take(new Rewarded(feed.now(), 1, reward, predicted, matched, matched ? delay : null, null));
            }
            suspected += feed.in(DriftState.SUSPECTED).size();
            detected += feed.in(DriftState.DETECTED).size();
        }
        System.out.printf("%d suspicions and %d alarms in 800,000 feedbacks%n", suspected, detected);
        assertThat(detected).isLessThanOrEqualTo(80 / 3);
        assertThat(suspected).isBetween(detected, 800 / 3);
    }
}
