package io.leeway.prediction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimeTextTest {
    @Test
    void writesTimesAsJavaDoes() {
        TimeText text = new TimeText();
        SplittableRandom random = new SplittableRandom(1);
        int[] steps = {1, 1000, 1_000_000, 1_000_000_000};
        for (int i = 0; i < 100_000; i++) {
            long second = 1_700_000_000 + i / 5 * random.nextLong(-1_000_000, 1_000_000);
            int step = steps[random.nextInt(steps.length)];
            Instant time = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000) / step * step);
            assertThat(new String(text.of(time), ISO_8859_1)).isEqualTo(time.toString());
        }
    }
}
