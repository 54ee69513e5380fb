package io.leeway.core.bandit.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RunningScaleTest {
    @Test
    void aColumnOfNoughtsAndOnesIsLeftAsItIsUntilAnythingElseComes() {
        RunningScale scale = new RunningScale();
        for (int i = 0; i < 1000; i++) {
            scale.observe(0, i % 50 == 0 ? 1 : 0);
        }
        assertThat(scale.standardised(0, 1)).isEqualTo(1);
        assertThat(scale.standardised(0, 0)).isZero();
        for (int i = 0; i < 3000; i++) {
            scale.observe(0, i % 2 == 0 ? 10 : 20);
        }
        assertThat(scale.standardised(0, 15)).isCloseTo(0, within(0.1));
        assertThat(scale.standardised(0, 20)).isCloseTo(1, within(0.1));
    }
}
