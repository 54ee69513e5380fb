package io.leeway.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;

@ExtendWith(SeededRandom.class)
class SeededRandomTest {
    @Test
    @Seed(42)
    void givesTheFixedSeed(Random random) {
        assertThat(random.nextLong()).isEqualTo(new Random(42).nextLong());
    }

    @Test
    void printsTheReproduceCommandOfAFailure() {
        PrintStream original = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(Red.class))
                    .execute()
                    .testEvents()
                    .assertStatistics(statistics -> statistics.failed(1));
        } finally {
            System.setErr(original);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("reproduce: mvn")
                .contains("-Dtest='Red#fails' -Dleeway.seed=7");
    }

    /** Not found by Surefire, since its name does not end in Test; run by the test kit above. */
    @ExtendWith(SeededRandom.class)
    static class Red {
        @Test
        @Seed(7)
        void fails(Random random) {
            throw new AssertionError("red with " + random.nextInt());
        }
    }
}
