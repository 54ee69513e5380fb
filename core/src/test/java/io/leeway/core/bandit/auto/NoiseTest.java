package io.leeway.core.bandit.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NoiseTest {
    @Test
    void isOneUntilAnActionScattersMore() {
        Noise noise = new Noise();
        assertThat(noise.deviation(Arms.UNKNOWN)).isEqualTo(1);
        assertThat(noise.deviation(3)).isEqualTo(1);
        for (int i = 0; i < 100; i++) {
            noise.learn(0, i % 2 == 0 ? 0.5 : -0.5);
            noise.learn(2, i % 2 == 0 ? 4 : -4);
        }

        assertThat(noise.deviation(0)).isEqualTo(1);
        assertThat(noise.deviation(1)).isEqualTo(1);
        assertThat(noise.deviation(2)).isCloseTo(4, within(1e-9));
    }

    @Test
    void forgetsAnOldScatter() {
        Noise noise = new Noise();
        for (int i = 0; i < 1_000; i++) {
            noise.learn(0, 4);
        }
        for (int i = 0; i < 1_000; i++) {
            noise.learn(0, 0);
        }

        assertThat(noise.deviation(0)).isEqualTo(1);
    }
}
