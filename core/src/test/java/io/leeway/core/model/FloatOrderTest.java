package io.leeway.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FloatOrderTest {
    @Test
    void keysComeInTheOrderOfNumbersAndStandForThem() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 100_000; i++) {
            float one = number(random);
            float other = number(random);
            assertThat(Integer.compare(FloatOrder.key(one), FloatOrder.key(other)))
                    .isEqualTo(one == other ? 0 : Float.compare(one, other));
            assertThat(FloatOrder.value(FloatOrder.key(one))).isEqualTo(one);
        }
    }

    @Test
    void differencesDoNotOverflowAndNothingIsAboveTheHighest() {
        assertThat(FloatOrder.key(Float.POSITIVE_INFINITY)).isLessThan(FloatOrder.ABOVE);
        assertThat(FloatOrder.key(Float.NEGATIVE_INFINITY) - 1 - FloatOrder.ABOVE)
                .isNegative();
        assertThat(FloatOrder.key(Float.MAX_VALUE) - FloatOrder.key(-Float.MAX_VALUE))
                .isPositive();
        assertThat(FloatOrder.value(FloatOrder.key(-0f))).isZero();
        assertThat(FloatOrder.value(FloatOrder.key(1e-30f))).isZero();
    }

    /** Of any size that keys tell apart, and either sign. */
    private static float number(SplittableRandom random) {
        float size = (float) Math.scalb(1 + random.nextDouble(), random.nextInt(-60, 60));
        return random.nextBoolean() ? size : -size;
    }
}
