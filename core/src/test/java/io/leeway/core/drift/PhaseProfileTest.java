package io.leeway.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.json.Json;
import io.leeway.core.testing.Seed;
import io.leeway.core.testing.SeededRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class PhaseProfileTest {
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration STEP = Duration.ofSeconds(72); // 1,200 a day
    private static final int WINDOW = 200; // four hours

    /**
     * Two weeks of a daily rhythm with other weekends teach; two more are tested in 168 windows at 5 percent: 8 expected, sd 2.8, and
     * 21 is 4.6 sd above. Without phases nearly every window alarms.
     */
    @Test
    @Seed(20261126)
    void dailyAndWeeklyRhythmRaisesNothing(Random random) {
        PhaseProfile reference = learned(random, 14).profile();
        Map<String, Integer> alarms = alarms(random, reference, 0);
        assertThat(alarms.get("whole")).isGreaterThan(140);
        assertThat(alarms.get("phase")).isLessThanOrEqualTo(21);
        assertThat(alarms(random, reference, 0.6).get("phase")).isGreaterThan(160);
    }

    private static Map<String, Integer> alarms(Random random, PhaseProfile reference, double shift) {
        Map<String, Integer> alarms = new HashMap<>(Map.of("whole", 0, "phase", 0));
        Instant time = MONDAY.plus(Duration.ofDays(14));
        for (int w = 0; w < 168; w++) {
            ProfileLearner current = new ProfileLearner();
            Map<Integer, Long> phases = new HashMap<>();
            for (int i = 0; i < WINDOW; i++, time = time.plus(STEP)) {
                current.observe("e" + w + "-" + i, row(random, time, shift));
                phases.merge(Phase.HOUR_AND_WEEKEND.of(time, ZoneOffset.UTC), 1L, Long::sum);
            }
            PhaseProfile.Like like = reference.like(phases);
            assertThat(like.covered()).isEqualTo(1);
            Profile now = current.profile();
            count(alarms, "phase", TableDrift.compare(like.profile(), now, 0.05, 0));
            count(alarms, "whole", TableDrift.compare(reference.whole(), now, 0.05, 0));
        }
        return alarms;
    }

    private static void count(Map<String, Integer> alarms, String name, TableDrift.Report report) {
        alarms.merge(name, report.drifted() ? 1 : 0, Integer::sum);
    }

    private static PhaseProfileLearner learned(Random random, int days) {
        PhaseProfileLearner learner = new PhaseProfileLearner(Phase.HOUR_AND_WEEKEND, ZoneOffset.UTC);
        Instant time = MONDAY;
        for (int i = 0; time.isBefore(MONDAY.plus(Duration.ofDays(days))); i++, time = time.plus(STEP)) {
            learner.observe(time, "t" + i, row(random, time, 0));
        }
        return learner;
    }

    private static Map<String, Object> row(Random random, Instant time, double shift) {
        double hour = time.atZone(ZoneOffset.UTC).toLocalTime().toSecondOfDay() / 3600.0;
        double day = Math.sin(2 * Math.PI * hour / 24);
        boolean weekend = Phase.HOUR_AND_WEEKEND.of(time, ZoneOffset.UTC) >= 24;
        double level = day + (weekend ? 0.7 : 0) + shift;
        return Map.of(
                "x",
                level + random.nextGaussian(),
                "kind",
                random.nextDouble() < 0.5 + 0.3 * day ? "a" : "b",
                "still",
                random.nextDouble());
    }

    @Test
    void mixesPhasesInTheSharesOfTheWindow() {
        PhaseProfileLearner learner = new PhaseProfileLearner(Phase.HOUR_OF_DAY, ZoneId.of("Europe/Berlin"));
        for (int i = 0; i < 300; i++) {
            // One o'clock and two o'clock in Berlin, the first three times as often.
            learner.observe(Instant.parse("2026-01-05T00:30:00Z"), "a" + i, Map.of("x", 1, "w", "night"));
            if (i % 3 == 0) {
                learner.observe(Instant.parse("2026-01-05T01:30:00Z"), "b" + i, Map.of("x", 3));
            }
        }
        @SuppressWarnings("unchecked")
        PhaseProfile profile = PhaseProfile.fromJson(
                (Map<String, Object>) Json.read(Json.write(learner.profile().toJson())));
        assertThat(profile.byPhase()).containsOnlyKeys(1, 2);
        assertThat(profile.whole().inputs().get("x").mean()).isCloseTo(1.5, within(1e-9));
        PhaseProfile.Like like = profile.like(Map.of(1, 10L, 2, 10L, 5, 20L));
        assertThat(like.covered()).isEqualTo(0.5);
        InputProfile x = like.profile().inputs().get("x");
        assertThat(x.mean()).isCloseTo(2, within(1e-9));
        assertThat(x.standardDeviation()).isCloseTo(1, within(1e-9));
        // 1 / (.25 / 300 + .25 / 100): even shares of uneven samples are worth 300 rows.
        assertThat(like.profile().rows()).isEqualTo(300);
        assertThat(x.quantiles().size()).isEqualTo(300);
        assertThat(x.quantiles().get(149)).isEqualTo(1);
        assertThat(x.quantiles().get(150)).isEqualTo(3);
        InputProfile word = like.profile().inputs().get("w");
        assertThat((double) word.missing() / word.rows()).isCloseTo(0.5, within(0.01));
        assertThatThrownBy(() -> learner.merge(new PhaseProfileLearner(Phase.HOUR_OF_WEEK, ZoneOffset.UTC)))
                .hasMessageContaining("must be of one rhythm");
        assertThat(Phase.HOUR_OF_WEEK.of(Instant.parse("2026-03-08T23:00:00Z"), ZoneOffset.UTC))
                .isEqualTo(167);
    }

    @Test
    void learnersMergeToWhatOneWouldHaveSeen(Random random) {
        PhaseProfileLearner one = new PhaseProfileLearner(Phase.HOUR_OF_DAY, ZoneOffset.UTC);
        PhaseProfileLearner left = new PhaseProfileLearner(Phase.HOUR_OF_DAY, ZoneOffset.UTC);
        PhaseProfileLearner right = new PhaseProfileLearner(Phase.HOUR_OF_DAY, ZoneOffset.UTC);
        for (int i = 0; i < 2000; i++) {
            Instant time = MONDAY.plusSeconds(random.nextInt(86_400));
            Map<String, Object> row = row(random, time, 0);
            one.observe(time, "e" + i, row);
            (random.nextBoolean() ? left : right).observe(time, "e" + i, row);
        }
        left.merge(right);
        InputProfile merged = left.profile().whole().inputs().get("x");
        InputProfile whole = one.profile().whole().inputs().get("x");
        assertThat(merged.quantiles()).isEqualTo(whole.quantiles());
        assertThat(merged.mean()).isCloseTo(whole.mean(), within(1e-9));
    }

    @Test
    void theTrailingReferenceFollowsTheStream() {
        TrailingReference trailing = new TrailingReference(3, 1);
        for (int part = 0; part < 6; part++) {
            ProfileLearner learner = new ProfileLearner();
            for (int i = 0; i < 100; i++) {
                learner.observe("p" + part + "-" + i, Map.of("x", part));
            }
            trailing.add(learner.profile());
            assertThat(trailing.full()).isEqualTo(part >= 3);
        }
        @SuppressWarnings("unchecked")
        TrailingReference restored =
                TrailingReference.fromJson((Map<String, Object>) Json.read(Json.write(trailing.toJson())));
        for (TrailingReference one : new TrailingReference[] {trailing, restored}) {
            assertThat(one.profile().rows()).isEqualTo(300);
            assertThat(one.profile().inputs().get("x").mean()).isCloseTo(3, within(1e-9)); // of 2, 3 and 4
        }
        assertThat(new TrailingReference(1, 0).profile()).isEqualTo(Profile.EMPTY);
        assertThatThrownBy(() -> new TrailingReference(0, 0)).hasMessageContaining("parts=0");
    }
}
