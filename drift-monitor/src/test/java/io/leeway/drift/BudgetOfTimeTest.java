package io.leeway.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.LoopKind;
import io.leeway.drift.WatchEvent.Chosen;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.drift.WatchEvent.Rewarded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** "At most one false alarm in so long a time", whatever the traffic. Streams are java.util.Random(1000). */
class BudgetOfTimeTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Random random = new Random(1000);
    private long millis;

    private Feed watched() {
        return new Feed(Loops.bandit(
                        "films",
                        DriftSettings.builder()
                                .falseAlarmPeriod(HOUR)
                                .windowRows(500)
                                .build()))
                .serve(1);
    }

    /** A decision and its feedback after a while of this mean length. */
    private void event(Feed feed, double meanMillis, double rate) {
        millis += Math.round(-meanMillis * Math.log(1 - random.nextDouble()));
        Instant time = Loops.BORN.plusMillis(millis);
        feed.at(time);
        boolean first = random.nextDouble() < 0.8;
        Chosen chosen =
                new Chosen(first ? "a" : "b", List.of("a", "b"), 2, first ? 0.8 : 0.2, 0.2, 0.72, first ? 1.0 : 0.0);
        feed.catchUp(new Decided(time, 1, Map.of(), chosen, 0.7));
        double reward = random.nextDouble() < rate ? 1 : 0;
        feed.catchUp(new Rewarded(time, 1, reward, 0.7, true, 1 + random.nextDouble(), null, first ? 1.25 : 0, 0.7, 0));
    }

    /**
     * 40 hours without a change whose traffic is 0.1, 1, 10 and 100 a second, hour by hour: at most 40 alarms are allowed and at most 13.3
     * expected. A budget in events as of the quietest hour (360 in an hour) would allow a thousand; one of the busiest would sleep.
     */
    @Test
    void keepsThePromiseWhileTrafficChangesAThousandfold() {
        Feed feed = watched();
        for (int hour = 0; hour < 40; hour++) {
            double mean = 10_000 / Math.pow(10, hour % 4);
            long end = Duration.ofHours(hour + 1).toMillis();
            while (millis < end && (hour % 4 != 3 || millis < end - 50 * 60_000)) {
                event(feed, mean, 0.7);
            }
            millis = end;
        }
        int alarms = feed.in(DriftState.DETECTED).size();
        System.out.println(alarms + " alarms in 40 hours of budgets of one hour");
        assertThat(alarms).isLessThanOrEqualTo(20);
    }

    @Test
    void aChangeIsFoundWithinTheHour() {
        Feed feed = watched();
        for (int i = 0; i < 5_000; i++) {
            event(feed, 1_000, 0.7);
        }
        assertThat(feed.in(DriftState.DETECTED)).isEmpty();
        int before = feed.drifts.size();
        for (int i = 0; i < 600; i++) {
            event(feed, 1_000, 0.4);
        }
        assertThat(feed.drifts.subList(before, feed.drifts.size()).stream()
                        .filter(drift -> drift.state() == DriftState.DETECTED)
                        .map(drift -> (String) drift.other().get("measure")))
                .contains("residual", "reward");
        assertThat(feed.in(DriftState.DETECTED).get(0).description()).contains("at most one false alarm in 0.2 days");
    }

    /** A week of silence is no evidence, however much of the budget it leaves. */
    @Test
    void aLongSilenceDoesNotAlarm() {
        Feed feed = watched();
        for (int i = 0; i < 3_000; i++) {
            event(feed, 1_000, 0.7);
        }
        millis += Duration.ofDays(7).toMillis();
        for (int i = 0; i < 1_000; i++) {
            event(feed, 1_000, 0.7);
        }
        assertThat(feed.in(DriftState.DETECTED)).isEmpty();
    }

    @Test
    void levelsOfWindowTestsAddUpToTheTime() {
        DriftSettings settings = DriftSettings.builder().falseAlarmPeriod(HOUR).build();
        double inTenMinutes = Shares.level(settings, 1_000_000, 600);
        // A sixteenth of a third of an alarm in an hour, of which ten minutes went by.
        assertThat(inTenMinutes).isEqualTo(600 / (16 * 3 * 3600.0));
        assertThat(Shares.level(settings, 1_000_000, 0)).isLessThan(1e-200);
        Shares shares = new Shares(Loops.bandit("films", settings).settings(), Measure.of(LoopKind.BANDIT, 1));
        double spent = Measure.of(LoopKind.BANDIT, 1).stream()
                .mapToDouble(measure -> 3600 / shares.budget(measure).threshold())
                .sum();
        // Three quarters of a third in each hour; the tests of windows may spend the other quarter.
        assertThat(spent).isCloseTo(0.75 / 3, org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void isRestoredExactly() {
        Feed feed = watched();
        Feed restarted = watched();
        for (int i = 0; i < 4_000; i++) {
            long before = millis;
            Random twin = new Random(i);
            random.setSeed(i);
            event(feed, 1_000, i < 3_000 ? 0.7 : 0.3);
            millis = before;
            random.setSeed(i);
            event(restarted, 1_000, i < 3_000 ? 0.7 : 0.3);
            if (twin.nextInt(50) == 0) {
                restarted.restore();
            }
        }
        assertThat(feed.drifts).isNotEmpty();
        assertThat(restarted.drifts).isEqualTo(feed.drifts);
    }

    @Test
    void lessThanAnHourIsRefused() {
        assertThatThrownBy(() -> DriftSettings.builder()
                        .falseAlarmPeriod(Duration.ofMinutes(59))
                        .build())
                .isInstanceOf(ContractViolation.class)
                .hasMessageContaining("falseAlarmPeriod");
    }
}
