package io.leeway.benchmarks.drift;

import io.leeway.core.drift.Phase;
import io.leeway.core.drift.PhaseProfile;
import io.leeway.core.drift.PhaseProfileLearner;
import io.leeway.core.drift.Profile;
import io.leeway.core.drift.ProfileLearner;
import io.leeway.core.drift.TableDrift;
import io.leeway.core.drift.TrailingReference;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Counts window tests that alarm on streams with a daily rhythm and other weekends, against the whole of the training data, the same
 * phases of it, and the last week; without a change and with all levels moved by a third of a standard deviation. Arguments: loops, weeks tested, level.
 */
public final class RhythmCount {
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final int PER_DAY = 4000;
    private static final int WINDOW = 500;
    private static final int INPUTS = 10;

    private RhythmCount() {}

    public static void main(String[] arguments) {
        int loops = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        int weeks = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
        double level = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 0.05;
        System.out.printf(
                Locale.ROOT,
                "%d loops, %d weeks after three of training, %d events a day, windows of %d, %d inputs, level %s%n",
                loops,
                weeks,
                PER_DAY,
                WINDOW,
                INPUTS,
                level);
        for (double shift : new double[] {0, 1.0 / 3}) {
            Map<String, Integer> alarms = new LinkedHashMap<>();
            for (int loop = 0; loop < loops; loop++) {
                run(new Random(8000 + loop), weeks, level, shift)
                        .forEach((reference, count) -> alarms.merge(reference, count, Integer::sum));
            }
            int windows = alarms.remove("windows");
            alarms.forEach((reference, count) -> System.out.printf(
                    Locale.ROOT,
                    "  shift %.2f sd, reference %-14s %6d of %d windows alarm, %.4f%n",
                    shift,
                    reference,
                    count,
                    windows,
                    (double) count / windows));
        }
    }

    private static Map<String, Integer> run(Random random, int weeks, double level, double shift) {
        Clock clock = new Clock();
        PhaseProfileLearner learner = new PhaseProfileLearner(Phase.HOUR_AND_WEEKEND, ZoneOffset.UTC);
        TrailingReference trailing = new TrailingReference(7, 0);
        ProfileLearner day = new ProfileLearner();
        while (clock.days() < 21) {
            Map<String, Object> row = row(random, clock.time, 0);
            learner.observe(clock.time, "t" + clock.events, row);
            day = next(day, trailing, clock, row);
        }
        PhaseProfile phases = learner.profile();
        Profile whole = phases.whole();
        Map<String, Integer> alarms = new LinkedHashMap<>(Map.of("windows", 0));
        while (clock.days() < 21 + 7 * weeks) {
            ProfileLearner current = new ProfileLearner();
            Map<Integer, Long> window = new HashMap<>();
            for (int i = 0; i < WINDOW; i++) {
                Map<String, Object> row = row(random, clock.time, shift);
                current.observe("e" + clock.events, row);
                window.merge(Phase.HOUR_AND_WEEKEND.of(clock.time, ZoneOffset.UTC), 1L, Long::sum);
                day = next(day, trailing, clock, row);
            }
            Profile now = current.profile();
            alarms.merge("windows", 1, Integer::sum);
            count(alarms, "whole", TableDrift.compare(whole, now, level, 0));
            count(alarms, "same phase", TableDrift.compare(phases.like(window).profile(), now, level, 0));
            count(alarms, "last week", TableDrift.compare(trailing.profile(), now, level, 0));
        }
        return alarms;
    }

    private static ProfileLearner next(
            ProfileLearner day, TrailingReference trailing, Clock clock, Map<String, Object> row) {
        day.observe("d" + clock.events, row);
        long before = clock.days();
        clock.tick();
        if (clock.days() == before) {
            return day;
        }
        trailing.add(day.profile());
        return new ProfileLearner();
    }

    private static void count(Map<String, Integer> alarms, String reference, TableDrift.Report report) {
        alarms.merge(reference, report.drifted() ? 1 : 0, Integer::sum);
    }

    private static final class Clock {
        private Instant time = MONDAY;
        private long events;

        private void tick() {
            events++;
            time = MONDAY.plus(Duration.ofDays(1).multipliedBy(events).dividedBy(PER_DAY));
        }

        private long days() {
            return events / PER_DAY;
        }
    }

    /** Half of the inputs swing with the day, each by its own size and hour, and are higher at weekends; one is a word. */
    private static Map<String, Object> row(Random random, Instant time, double shift) {
        double hour = time.atZone(ZoneOffset.UTC).toLocalTime().toSecondOfDay() / 3600.0;
        boolean weekend = Phase.HOUR_AND_WEEKEND.of(time, ZoneOffset.UTC) >= 24;
        Map<String, Object> row = new LinkedHashMap<>();
        for (int c = 0; c < INPUTS - 1; c++) {
            double swing = c % 2 == 0 ? (0.3 + 0.2 * c) * Math.sin(2 * Math.PI * (hour + c) / 24) : 0;
            double level = swing + (weekend && c % 2 == 0 ? 0.5 : 0);
            row.put("x" + c, level + shift + random.nextGaussian());
        }
        row.put("kind", random.nextDouble() < 0.5 + 0.3 * Math.sin(2 * Math.PI * hour / 24) ? "a" : "b");
        return row;
    }
}
