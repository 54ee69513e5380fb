package io.leeway.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.core.json.Json;
import io.leeway.core.testing.SeededRandom;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class PageHinkleyTest {
    @Test
    void alarmsAtTheValueWorkedOutByHand() {
        // After 9 zeros, ones: mean_i = (i - 9) / i, so m grows by 9/10, 9/11, 9/12 ... minus the tolerance 0.1.
        // 0.8 + 0.7182 + 0.65 = 2.168 crosses 2 at the third one; the zeros brought m to its minimum.
        PageHinkley test = new PageHinkley(0.1, 2, 1);
        for (int i = 0; i < 9; i++) {
            assertThat(test.add(0)).isFalse();
        }
        assertThat(test.add(1)).isFalse();
        assertThat(test.add(1)).isFalse();
        assertThat(test.add(1)).isTrue();
        assertThat(test.mean()).isZero();
    }

    @Test
    void seesARiseAndAFallAlike(Random random) {
        PageHinkley rise = new PageHinkley(0.05, 5, 30);
        PageHinkley fall = new PageHinkley(0.05, 5, 30);
        boolean seen = false;
        for (int i = 0; i < 2000; i++) {
            double value = (i < 1000 ? 0 : 1) + 0.1 * random.nextGaussian();
            boolean alarm = rise.add(value);
            assertThat(fall.add(-value)).isEqualTo(alarm);
            // Excess per value is about 0.95 at first: 5 is passed at the sixth, give or take the noise.
            assertThat(alarm && i < 1000).isFalse();
            seen |= alarm && i < 1050;
        }
        assertThat(seen).isTrue();
    }

    @Test
    void waitsForItsWarmUp() {
        PageHinkley test = new PageHinkley(0, 0.1, 10);
        for (int i = 1; i < 10; i++) {
            assertThat(test.add(i)).isFalse();
        }
        assertThat(test.add(10)).isTrue();
    }

    @Test
    @SuppressWarnings("unchecked")
    void goesOnAfterARestart(Random random) {
        PageHinkley whole = new PageHinkley(0.01, 2, 5);
        PageHinkley restarted = new PageHinkley(0.01, 2, 5);
        int alarms = 0;
        for (int i = 0; i < 3000; i++) {
            double value = (i / 500) % 2 + 0.2 * random.nextGaussian();
            boolean alarm = whole.add(value);
            assertThat(restarted.add(value)).isEqualTo(alarm);
            restarted = PageHinkley.fromJson((Map<String, Object>) Json.read(Json.write(restarted.toJson())));
            alarms += alarm ? 1 : 0;
        }
        assertThat(alarms).isGreaterThanOrEqualTo(5);
    }

    @Test
    void refusesSettingsOutsideTheirRange() {
        assertThatThrownBy(() -> new PageHinkley(-1, 1, 1)).hasMessage("must be >= 0: tolerance=-1.0");
        assertThatThrownBy(() -> new PageHinkley(0, 0, 1)).hasMessage("must be > 0: threshold=0.0");
        assertThatThrownBy(() -> new PageHinkley(0, 1, 0)).hasMessage("must be >= 1: warmUp=0");
        assertThatThrownBy(() -> new PageHinkley(0, 1, 1).add(Double.NaN)).hasMessage("must be finite: value=NaN");
    }
}
