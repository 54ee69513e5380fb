package io.leeway.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Streams are java.util.Random(1000 + i). */
class AsymptoticSequenceTest {
    private static final int RUNS = 400;
    private static final int VALUES = 5_000;

    /**
     * Values of mean 1 with a long tail. At 95 % for all times at once, 20 of 400 runs may leave the interval, 33 with three standard
     * deviations; a normal interval, looked at each time, is left in more than 100.
     */
    @Test
    void holdsTheMeanAtAllTimesAtOnce() {
        int left = 0;
        int normalLeft = 0;
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(1000 + run);
            AsymptoticSequence sequence = new AsymptoticSequence(0.95);
            double squares = 0;
            boolean out = false;
            boolean normalOut = false;
            for (int i = 1; i <= VALUES; i++) {
                double value = -Math.log(1 - random.nextDouble());
                sequence.add(value);
                squares += value * value;
                double off = Math.abs(sequence.mean() - 1);
                double deviation = Math.sqrt(squares / i - sequence.mean() * sequence.mean());
                out |= off > sequence.halfWidth();
                normalOut |= i >= AsymptoticSequence.FEWEST && off > 1.96 * deviation / Math.sqrt(i);
            }
            left += out ? 1 : 0;
            normalLeft += normalOut ? 1 : 0;
        }
        System.out.println(left + " of " + RUNS + " runs left the sequence, " + normalLeft + " the normal interval");
        assertThat(left).isLessThanOrEqualTo(33);
        assertThat(normalLeft).isGreaterThan(100);
    }

    @Test
    void growsNarrowerAndDoesNotMindTheUnit() {
        AsymptoticSequence one = new AsymptoticSequence(0.95);
        AsymptoticSequence other = new AsymptoticSequence(0.95);
        Random random = new Random(1000);
        assertThat(one.halfWidth()).isInfinite();
        for (int i = 0; i < 10_000; i++) {
            double value = random.nextGaussian();
            one.add(value);
            other.add(1000 * value + 7);
        }
        // A fixed-time interval has a half-width of 0.0196.
        assertThat(one.halfWidth()).isBetween(0.0196, 0.045);
        assertThat(other.halfWidth()).isCloseTo(1000 * one.halfWidth(), within(1e-6));
        AsymptoticSequence again = AsymptoticSequence.fromJson(JsonObject.of(Json.read(Json.writeBytes(one.toJson()))));
        assertThat(again.halfWidth()).isEqualTo(one.halfWidth());
        assertThat(again.mean()).isEqualTo(one.mean());
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> new AsymptoticSequence(0.95).add(Double.NaN))
                .hasMessageContaining("must be finite: value=NaN");
    }
}
