package io.leeway.training;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * What the Ingester is to read.
 *
 * @param regression whether rows without an observed value are left out (in a bandit loop their default reward counts)
 * @param replay makes rewards of feedback, under the settings of now
 * @param since earliest decision, or null
 * @param minimumRows below which it waits
 * @param maximumRows newest by decision time
 * @param floor offsets by partition before which the feedback belongs to an earlier loop of the name
 * @param patience how long it waits
 * @param file where the data set goes
 * @param waiting told how many rows there are while it waits; may throw to give up
 */
public record Ingestion(
        String loop,
        boolean regression,
        RewardReplay replay,
        Instant since,
        int minimumRows,
        int maximumRows,
        Map<Integer, Long> floor,
        Duration patience,
        Path file,
        IntConsumer waiting) {}
