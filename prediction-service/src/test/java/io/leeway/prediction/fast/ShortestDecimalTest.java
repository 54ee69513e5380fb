package io.leeway.prediction.fast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Held equal to another implementation of the same paper, which the general way writes with. */
class ShortestDecimalTest {
    private static final double[] NOTABLE = {
        0.0,
        -0.0,
        1,
        -1,
        10,
        0.1,
        0.3,
        0.001,
        9.999e-4,
        1e-3,
        1e7,
        9_999_999,
        9_999_999.999,
        1e16,
        1e17,
        1e21,
        1e22,
        1e23,
        2e23,
        8.41e21,
        9.5e-4,
        5e-324,
        1e-323,
        1.5e-323,
        2.2250738585072014e-308,
        2.225073858507201e-308,
        Double.MAX_VALUE,
        Math.PI,
        1.0 / 3,
        9007199254740992.0,
        9007199254740993.0,
        4.35,
        123456.789
    };

    @Test
    void writesNotableNumbersAsJavaDoes() {
        for (double value : NOTABLE) {
            assertSame(value);
            assertSame(-value);
        }
        for (int i = -1074; i <= 1023; i++) {
            double power = Math.scalb(1.0, i);
            assertSame(power);
            assertSame(Math.nextDown(power));
            assertSame(Math.nextUp(power));
        }
        for (int i = -323; i <= 308; i++) {
            assertSame(Double.parseDouble("1e" + i));
            assertSame(Double.parseDouble("9.5e" + i % 300));
        }
    }

    @Test
    void writesRandomNumbersAsJavaDoes() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 300_000; i++) {
            double any = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(any)) {
                assertSame(any);
            }
            assertSame(random.nextDouble());
            assertSame(random.nextInt(100_000) / 1000.0);
            assertSame((float) random.nextDouble(-10, 10));
        }
    }

    @Test
    void refusesWhatJsonCannotSay() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> ShortestDecimal.write(value, new byte[ShortestDecimal.LONGEST], 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("value=" + value);
        }
    }

    private static void assertSame(double value) {
        byte[] out = new byte[ShortestDecimal.LONGEST + 2];
        int end = ShortestDecimal.write(value, out, 1);
        String written = new String(out, 1, end - 1, ISO_8859_1);
        if (!written.equals(NumberOutput.toString(value, true))) {
            assertThat(written).isEqualTo(NumberOutput.toString(value, true));
        }
        if (out[ShortestDecimal.LONGEST + 1] != 0) {
            assertThat(out[ShortestDecimal.LONGEST + 1])
                    .as("beyond the room: %s", value)
                    .isZero();
        }
    }
}
