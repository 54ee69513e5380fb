package io.leeway.core.bandit.expert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadErrorsTest {
    private final HeadErrors errors = new HeadErrors(2);

    private void misses(double first, double second, int times) {
        for (int i = 0; i < times; i++) {
            errors.begin();
            errors.add(0, first);
            errors.add(1, second);
            errors.end();
        }
    }

    @Test
    void aHeadThatPredictsMuchWorseCountsNothingAndComesBack() {
        misses(0.1, 0.11, 100);
        assertThat(errors.share(1)).isBetween(0.1f, 0.3f);
        assertThat(errors.share(0) + errors.share(1)).isEqualTo(1);
        misses(0.1, 0.3, 1000);
        assertThat(errors.share(0)).isEqualTo(1);
        assertThat(errors.share(1)).isZero();
        misses(0.3, 0.1, 5000);
        assertThat(errors.share(1)).isEqualTo(1);
    }
}
