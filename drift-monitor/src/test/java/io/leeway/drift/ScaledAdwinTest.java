package io.leeway.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.Course.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams are java.util.Random(1000 + i), as in the reference figures for ADWIN with delta 0.002. */
class ScaledAdwinTest {
    private static final double UNBOUNDED = Double.POSITIVE_INFINITY;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** A change and the number of the value that it came with, from 1 on. */
    private record Found(int at, Change change) {}

    private static List<Found> feed(ScaledAdwin detector, int values, IntToDoubleFunction stream) {
        List<Found> found = new ArrayList<>();
        for (int n = 1; n <= values; n++) {
            Optional<Change> change = detector.add(stream.applyAsDouble(n), START.plusSeconds(n));
            if (change.isPresent()) {
                found.add(new Found(n, change.get()));
            }
        }
        return found;
    }

    /**
     * ADWIN with delta 0.002 needs 288 values on average (standard error 5) for half a standard deviation of 0.1, where its range
     * term counts most; ours is scaled, so it must not be slower.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.1, 1, 500})
    void findsAShiftOfHalfADeviationInAnyUnitAsFastAsAdwinDoes(double unit) {
        double delays = 0;
        int seeds = 50;
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random(1000 + seed);
            List<Found> found = feed(
                    new ScaledAdwin(0.002, UNBOUNDED),
                    5000,
                    n -> unit * (random.nextGaussian() + (n > 3000 ? 0.5 : 0)));
            Found first = found.stream().filter(f -> f.at > 3000).findFirst().orElseThrow();
            delays += first.at - 3000;
        }
        assertThat(delays / seeds).isLessThan(288);
    }

    @Test
    void tellsBeforeAndAfterAndSinceWhen() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(1000 + seed);
            List<Found> found = feed(
                    new ScaledAdwin(0.002, 1), 4000, n -> (random.nextDouble() < 0.7 ? 1 : 0) - (n > 2000 ? 0.6 : 0));
            Found first = found.get(0);
            assertThat(first.at).isBetween(2001, 2150);
            assertThat(first.change.before()).isEqualTo(0.7, within(0.05));
            // About 60 values since, of standard deviation 0.46: a standard error of 0.06.
            assertThat(first.change.after()).isEqualTo(0.1, within(0.2));
            assertThat(Duration.between(START.plusSeconds(2000), first.change.since()))
                    .isBetween(Duration.ofSeconds(-20), Duration.ofSeconds(20));
        }
    }

    /**
     * 60 streams of 20,000 values. The reference run of ADWIN 0.002 had no false alarm in 30,000,000 values of Bernoulli(0.2) and
     * 0.07 per million with the one-sided variant; 1.2 million values give room for 2 alarms at 10 times that rate.
     */
    @ParameterizedTest
    @ValueSource(strings = {"gaussian", "bernoulli", "exponential"})
    void staysQuietWhileNothingChanges(String shape) {
        int alarms = 0;
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(1000 + seed);
            alarms += feed(
                            new ScaledAdwin(0.002, shape.equals("bernoulli") ? 1 : UNBOUNDED),
                            20_000,
                            n -> switch (shape) {
                                case "gaussian" -> 5 + 3 * random.nextGaussian();
                                case "bernoulli" -> random.nextDouble() < 0.2 ? 1 : 0;
                                default -> -10 * Math.log(1 - random.nextDouble());
                            })
                    .size();
        }
        assertThat(alarms).isLessThanOrEqualTo(2);
    }

    @Test
    void takesSingleOutliersForNoChange() {
        Random random = new Random(1000);
        List<Found> found =
                feed(new ScaledAdwin(0.002, UNBOUNDED), 20_000, n -> n % 500 == 0 ? 1e9 : random.nextGaussian());
        assertThat(found).isEmpty();
    }

    @Test
    void givesNoAlarmBeforeItsMinimumButRemembersWhatCameBefore() {
        List<Found> found = feed(new ScaledAdwin(0.002, 1), ScaledAdwin.MINIMUM, n -> n <= 50 ? 1 : 0);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).at).isEqualTo(ScaledAdwin.MINIMUM);
        assertThat(found.get(0).change.since()).isEqualTo(START.plusSeconds(51));
    }

    @Test
    void worksOnConstantValues() {
        assertThat(feed(new ScaledAdwin(0.002, UNBOUNDED), 500, n -> 7)).isEmpty();
        List<Found> found = feed(new ScaledAdwin(0.002, UNBOUNDED), 1000, n -> n <= 500 ? 7 : 14);
        assertThat(found).isNotEmpty();
    }

    @Test
    void goesOnFromASnapshotAsIfNothingHadHappened() {
        for (int cutAt : new int[] {0, 30, 99, 100, 101, 1500}) {
            Random random = new Random(7);
            ScaledAdwin whole = new ScaledAdwin(0.002, UNBOUNDED);
            ScaledAdwin restored = new ScaledAdwin(0.002, UNBOUNDED);
            for (int n = 1; n <= 3000; n++) {
                double value = random.nextGaussian() + (n > 2000 ? 1 : 0);
                if (n == cutAt + 1) {
                    restored = ScaledAdwin.fromJson(JsonObject.of(Json.read(Json.write(restored.toJson()))));
                }
                assertThat(restored.add(value, START.plusSeconds(n))).isEqualTo(whole.add(value, START.plusSeconds(n)));
            }
            assertThat(whole.width()).isLessThan(1500);
        }
    }
}
