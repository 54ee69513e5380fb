package io.leeway.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.DriftState;
import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.Arrivals.Closed;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.drift.WatchEvent.Rewarded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Streams are java.util.Random(1000). A decision a second, rewards by 0.6 of them, ten minutes of waiting. */
class ArrivalsTest {
    private static final int WAIT = 600;

    private final Random random = new Random(1000);
    private final Feed feed = new Feed(Loops.bandit(
                    "films",
                    DriftSettings.builder().falseAlarmFeedbacks(20_000L).build()))
            .serve(1);
    private final boolean[] rewarded = new boolean[200_000];

    /** One second: its decision, and the feedback of the one whose waiting ends, unless nothing joins them any more. */
    private void second(int i, double rate, boolean joined) {
        Instant time = Loops.BORN.plusSeconds(2L * i);
        rewarded[i] = random.nextDouble() < rate;
        feed.take(new Decided(time, 1, Map.of(), null, null));
        int due = i - WAIT / 2;
        if (joined && due >= 0) {
            feed.take(new Rewarded(
                    Loops.BORN.plusSeconds(2L * due), 1, rewarded[due] ? 1 : 0, null, rewarded[due], null, null));
        } else {
            feed.pass(Duration.ofSeconds(1));
        }
    }

    private List<Drift> ofRate(DriftState state) {
        return feed.in(state).stream()
                .filter(drift -> "rate".equals(drift.other().get("measure")))
                .toList();
    }

    @Test
    void decisionsOfWhichNothingIsHeardAnyMoreAreTold() {
        for (int i = 0; i < 4000; i++) {
            second(i, 0.6, true);
        }
        assertThat(feed.in(DriftState.DETECTED)).isEmpty();
        for (int i = 4000; i < 6000; i++) {
            second(i, 0.6, false);
        }
        List<Drift> told = ofRate(DriftState.DETECTED);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).kind()).isEqualTo(DriftKind.REWARDS);
        assertThat(told.get(0).description())
                .matches("rewards that came for each decision, by time: 0\\.[56]\\d* -> 0(\\.0\\d*)? over the last .*"
                        + ": a degradation");
        // Nothing else sees it: there is no feedback that could say so.
        assertThat(feed.in(DriftState.DETECTED)).hasSize(1);
    }

    /** An event as one partition of the topics holds it. */
    private record Held(Instant at, int partition, WatchEvent event) {}

    private static final int PARTITIONS = 3;

    /** What the topics hold of some seconds: by the time at which it was written, decisions and the feedback of those whose wait ended. */
    private List<Held> written(int from, int to, double rate, boolean joined) {
        List<Held> held = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Instant time = Loops.BORN.plusSeconds(2L * i);
            rewarded[i] = random.nextDouble() < rate;
            held.add(new Held(time, i % PARTITIONS, new Decided(time, 1, Map.of(), null, null, i % PARTITIONS)));
            int due = i - WAIT / 2;
            if (joined && due >= 0) {
                held.add(new Held(time, due % PARTITIONS, feedback(due)));
            }
        }
        return held;
    }

    private Rewarded feedback(int due) {
        Instant decided = Loops.BORN.plusSeconds(2L * due);
        return new Rewarded(
                decided, 1, rewarded[due] ? 1 : 0, null, rewarded[due], null, null, null, null, due % PARTITIONS);
    }

    /** As they come while the monitor runs: two seconds after each other. */
    private void live(int from, int to, double rate, boolean joined) {
        Instant last = Loops.BORN.plusSeconds(2L * from);
        for (Held one : written(from, to, rate, joined)) {
            feed.at(one.at()).take(one.event());
            last = one.at();
        }
        feed.at(last);
    }

    /** An hour stands in the topics; each partition is read in portions, and one is far ahead of another. */
    @Test
    void anHourInWhichTheMonitorStoodStillIsNoSilence() {
        live(0, 4000, 0.6, true);
        List<Held> missed = written(4000, 5800, 0.6, true);
        Instant back = Loops.BORN.plusSeconds(2L * 5800);
        feed.restore();
        for (int portion = 0; portion < 2; portion++) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                int which = partition;
                List<Held> of =
                        missed.stream().filter(one -> one.partition() == which).toList();
                of.subList(portion * of.size() / 2, (portion + 1) * of.size() / 2)
                        .forEach(one -> feed.at(back).catchUp(one.event()));
            }
        }
        live(5800, 8000, 0.6, true);
        assertThat(ofRate(DriftState.SUSPECTED)).isEmpty();
        assertThat(ofRate(DriftState.DETECTED)).isEmpty();
    }

    /** What joins rewards was down as well: all decisions of the hour are read before the first feedback of it is written. */
    @Test
    void anHourInWhichTheMonitorAndTheJoinStoodStillIsNoSilence() {
        live(0, 4000, 0.6, true);
        List<Held> missed = written(4000, 5800, 0.6, false);
        Instant back = Loops.BORN.plusSeconds(2L * 5800);
        feed.restore();
        missed.forEach(one -> feed.at(back).catchUp(one.event()));
        for (int due = 4000 - WAIT / 2; due < 5800 - WAIT / 2; due++) {
            feed.at(back).catchUp(feedback(due));
        }
        live(5800, 8000, 0.6, true);
        assertThat(ofRate(DriftState.DETECTED)).isEmpty();
    }

    /** Rewards did stop while nobody looked: told as soon as the decisions and the feedback of the hour are read. */
    @Test
    void rewardsThatStoppedWhileTheMonitorStoodStillAreTold() {
        live(0, 4000, 0.6, true);
        List<Held> missed = written(4000, 5800, 0.1, true);
        Instant back = Loops.BORN.plusSeconds(2L * 5800);
        feed.restore();
        missed.forEach(one -> feed.at(back).catchUp(one.event()));
        List<Drift> told = ofRate(DriftState.DETECTED);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).since()).isBetween(Loops.BORN.plusSeconds(2L * 3900), Loops.BORN.plusSeconds(2L * 4200));
    }

    /** Four times the traffic and back, by day: the share of a stretch scatters less, and that is no drift. */
    @Test
    void moreTrafficIsNoDrift() {
        List<Closed> closed = new ArrayList<>();
        Arrivals arrivals = new Arrivals(Duration.ofSeconds(WAIT));
        List<Object[]> waiting = new ArrayList<>();
        int next = 0;
        for (int second = 0; second < 20_000; second++) {
            Instant time = Loops.BORN.plusSeconds(second);
            int decisions = second / 2000 % 2 == 0 ? 1 : 4;
            for (int i = 0; i < decisions; i++) {
                closed.addAll(arrivals.decided(time, 0, time));
                waiting.add(new Object[] {time, random.nextDouble() < 0.6});
            }
            while (((Instant) waiting.get(next)[0]).plusSeconds(WAIT).isBefore(time)) {
                Object[] one = waiting.get(next++);
                closed.addAll(arrivals.told((Instant) one[0], (Boolean) one[1], 0, time));
            }
        }
        assertThat(closed).hasSizeBetween(1800, 2000);
        double mean = closed.stream().mapToDouble(Closed::score).average().orElseThrow();
        double square = closed.stream()
                .mapToDouble(one -> one.score() * one.score())
                .average()
                .orElseThrow();
        // The usual share was learned from 300 decisions: its own sd is 0.028, that is 0.3 sd of a share of 25
        // decisions.
        assertThat(mean).isBetween(-1.0, 1.0);
        assertThat(square - mean * mean).isBetween(0.8, 1.2);
    }

    /** Restored after every event; each gives what it gives without. */
    @Test
    void isRestoredExactly() {
        Arrivals whole = new Arrivals(Duration.ofSeconds(WAIT));
        Arrivals restored = new Arrivals(Duration.ofSeconds(WAIT));
        int closed = 0;
        for (int i = 0; i < 3000; i++) {
            Instant time = Loops.BORN.plusSeconds(i);
            List<Closed> expected = whole.decided(time, i % 2, time);
            assertThat(restored.decided(time, i % 2, time)).as("decision %d", i).isEqualTo(expected);
            closed += expected.size();
            restored = again(restored);
            if (i % 100 < 20) { // In portions, so that time goes by without feedback.
                for (int n = 0; n < 5; n++) {
                    Instant due = Loops.BORN.plusSeconds(i / 100 * 100 + 5 * (i % 100) + n - WAIT);
                    boolean reward = random.nextBoolean();
                    assertThat(restored.told(due, reward, n % 2, time)).isEqualTo(whole.told(due, reward, n % 2, time));
                    restored = again(restored);
                }
            }
        }
        assertThat(closed).isGreaterThan(100);
    }

    private static Arrivals again(Arrivals arrivals) {
        return Arrivals.fromJson(JsonObject.of(Json.read(Json.writeBytes(arrivals.toJson()))));
    }

    @Test
    void aRecordFromTheYear2100DoesNotMoveTime() {
        for (int i = 0; i < 4000; i++) {
            second(i, 0.6, true);
        }
        feed.take(new Decided(Instant.parse("2100-01-01T00:00:00Z"), 1, Map.of(), null, null));
        for (int i = 4000; i < 8000; i++) {
            second(i, 0.6, true);
        }
        assertThat(ofRate(DriftState.DETECTED)).isEmpty();
    }
}
