package io.leeway.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.kit.LoopDirectory;
import org.junit.jupiter.api.Test;

class IdleLoopsTest {
    private static final int LOOPS = 10_000;
    private static final long MOST_BYTES_PER_LOOP = 4096;

    /** Read from JSON, as from the topic: loops made in one place would share their parts. */
    @Test
    void tenThousandIdleLoopsCostAFewKilobytesEach() {
        LoopDirectory directory = new LoopDirectory();
        ServingModels models = new ServingModels(directory);
        long before = usedBytes();
        for (int i = 0; i < LOOPS; i++) {
            directory.put(Json.read(Json.bytes(TestLoops.bandit("loop-" + i, null, "a", "b", "c")), Loop.class));
        }
        long perLoop = (usedBytes() - before) / LOOPS;
        System.out.printf(
                "%d idle loops: %d bytes of heap each, %.1f MiB together%n",
                LOOPS, perLoop, perLoop * LOOPS / 1048576.0);
        assertThat(models.all()).hasSize(LOOPS);
        assertThat(perLoop).isLessThan(MOST_BYTES_PER_LOOP);
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
