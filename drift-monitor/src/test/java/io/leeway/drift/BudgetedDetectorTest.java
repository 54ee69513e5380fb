package io.leeway.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.Course.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Streams are java.util.Random(1000 + i). */
class BudgetedDetectorTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void tellsBeforeAndAfterAndSinceWhen() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(1000 + seed);
            BudgetedDetector detector = new BudgetedDetector(1_000_000);
            Optional<Change> change = Optional.empty();
            int n = 0;
            while (change.isEmpty()) {
                n++;
                change = detector.add((random.nextDouble() < 0.7 ? 1 : 0) - (n > 2000 ? 0.6 : 0), START.plusSeconds(n));
            }
            assertThat(n).isBetween(2001, 2100);
            assertThat(change.get().before()).isEqualTo(0.7, within(0.05));
            assertThat(change.get().after()).isEqualTo(0.1, within(0.4));
            assertThat(Duration.between(START.plusSeconds(2000), change.get().since())
                            .abs())
                    .isLessThan(Duration.ofSeconds(20));
            assertThat(detector.width()).isZero();
            assertThat(detector.seen()).isEqualTo(n);
        }
    }

    /** 40 streams of 20,000 values: at one false alarm in three million, 0.27 are expected. */
    @Test
    void staysQuietWhileNothingChangesOutliersOrNot() {
        int alarms = 0;
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(1000 + seed);
            BudgetedDetector detector = new BudgetedDetector(1_000_000);
            for (int n = 1; n <= 20_000; n++) {
                double value = n % 500 == 0 ? 1e9 : random.nextGaussian();
                alarms += detector.add(value, START.plusSeconds(n)).isPresent() ? 1 : 0;
            }
        }
        assertThat(alarms).isLessThanOrEqualTo(2);
    }

    @Test
    void goesOnFromASnapshotAsIfNothingHadHappened() {
        for (int cutAt : new int[] {0, 30, 99, 100, 101, 1500, 2100}) {
            Random random = new Random(7);
            BudgetedDetector whole = new BudgetedDetector(1_000_000);
            BudgetedDetector restored = new BudgetedDetector(1_000_000);
            int changes = 0;
            for (int n = 1; n <= 3000; n++) {
                double value = random.nextGaussian() + (n > 2000 ? 1 : 0);
                if (n == cutAt + 1) {
                    JsonObject saved = JsonObject.of(Json.read(Json.write(restored.toJson())));
                    restored = (BudgetedDetector) LevelDetector.fromJson(saved);
                }
                Optional<Change> change = whole.add(value, START.plusSeconds(n));
                assertThat(restored.add(value, START.plusSeconds(n))).isEqualTo(change);
                changes += change.isPresent() ? 1 : 0;
            }
            assertThat(changes).isEqualTo(1);
        }
    }
}
