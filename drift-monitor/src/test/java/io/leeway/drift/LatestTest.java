package io.leeway.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.Latest.Verdict;
import java.time.Instant;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** The change is from 0 to -1, so that the rest of it is minus the mean. */
class LatestTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static Latest of(int count, DoubleSupplier values) {
        Latest latest = Latest.from(values.getAsDouble(), BEGIN);
        for (int i = 1; i < count; i++) {
            latest = latest.and(values.getAsDouble());
        }
        return latest;
    }

    private static Latest even(double value) {
        return of(Latest.PORTION, () -> value);
    }

    @Test
    void saysOnWhichSideOfTheMiddleTheLevelIs() {
        assertThat(even(0).of(0, -1)).isEqualTo(Verdict.IS_OVER);
        assertThat(even(-0.49).of(0, -1)).isEqualTo(Verdict.IS_OVER);
        assertThat(even(-0.51).of(0, -1)).isEqualTo(Verdict.LASTS);
        assertThat(even(-1).of(0, -1)).isEqualTo(Verdict.LASTS);
        assertThat(even(0.8).of(0, -1)).isEqualTo(Verdict.IS_OVER);
    }

    @Test
    void oneValueLessThanAPortionSaysNothing() {
        assertThat(of(Latest.PORTION - 1, () -> 0).of(0, -1)).isEqualTo(Verdict.OPEN);
        assertThat(of(Latest.PORTION + 1, () -> 0).of(0, -1)).isEqualTo(Verdict.OPEN);
    }

    /** Standard deviation 2: a rest is known to half of the change by (4 x 2 / 0.5)^2 = 256 values. */
    @Test
    void scatteredValuesSayNothingBeforeThereAreEnough() {
        Random random = new Random(1);
        assertThat(of(200, () -> 2 * random.nextGaussian()).of(0, -1)).isEqualTo(Verdict.OPEN);
        assertThat(of(2000, () -> 2 * random.nextGaussian()).of(0, -1)).isEqualTo(Verdict.IS_OVER);
    }

    /** Half of the way back, known to a quarter of the change, decides nothing; then newer values are asked. */
    @Test
    void theMiddleItselfLasts() {
        Random random = new Random(1);
        Latest middle = of(10_000, () -> -0.5 + random.nextGaussian());
        assertThat(middle.of(0, -1)).isEqualTo(Verdict.LASTS);
        assertThat(of(200, () -> -0.5 + random.nextGaussian()).of(0, -1)).isEqualTo(Verdict.OPEN);
    }

    /** Ranks may move where clipped levels do not. */
    @Test
    void noChangeOfTheLevelIsOver() {
        assertThat(even(3).of(3, 3)).isEqualTo(Verdict.IS_OVER);
    }

    @Test
    void isTheSameAfterARestart() {
        Random random = new Random(1);
        Latest latest = of(321, random::nextGaussian);
        assertThat(Latest.fromJson(JsonObject.of(Json.read(Json.writeBytes(latest.toJson())))))
                .isEqualTo(latest);
    }
}
