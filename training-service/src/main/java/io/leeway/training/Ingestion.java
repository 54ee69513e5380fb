package io.leeway.training;

import io.leeway.contracts.Json;
import io.leeway.contracts.RewardSettings;
import io.leeway.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
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
 * @param until offsets by "topic-partition" at which it stops reading; empty to read all that there is
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
        Map<String, Long> until,
        Duration patience,
        Path file,
        IntConsumer waiting) {

    /** What the provenance keeps of it: with the data set's offsets enough to read the same rows again. */
    Map<String, Object> source() {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("regression", regression);
        source.put("reward", Json.mapper().convertValue(replay.settings(), Object.class));
        source.put("imitation", replay.imitation());
        if (since != null) {
            source.put("since", since.toString());
        }
        source.put("maximumRows", maximumRows);
        Map<String, Object> from = new TreeMap<>();
        floor.forEach((partition, offset) -> from.put(partition.toString(), offset));
        source.put("floor", from);
        return source;
    }

    /** The reading of a provenance, up to the offsets that it had come to. */
    static Ingestion again(String loop, JsonObject source, Map<String, Long> until, Path file) {
        Map<Integer, Long> floor = new TreeMap<>();
        source.map("floor", JsonObject::integer)
                .forEach((partition, offset) -> floor.put(Integer.valueOf(partition), offset));
        RewardSettings reward = Json.mapper().convertValue(source.value("reward"), RewardSettings.class);
        return new Ingestion(
                loop,
                source.flag("regression"),
                new RewardReplay(reward, source.flag("imitation")),
                source.has("since") ? Instant.parse(source.text("since")) : null,
                0,
                Math.toIntExact(source.integer("maximumRows")),
                floor,
                until,
                Duration.ZERO,
                file,
                rows -> {});
    }
}
