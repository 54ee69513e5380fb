package io.leeway.cli.bench;

import io.leeway.contracts.Topics;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Lets a broker forget decisions soon. A benchmark sends some hundred megabytes a second, which nobody reads again: kept, they filled the
 * disk of a laptop within one run.
 */
final class ShortMemory {
    private static final int SEGMENT_BYTES = 64 << 20;
    private static final int KEPT_BYTES = 128 << 20;
    private static final int DELAY_MILLIS = 1_000;

    private ShortMemory() {}

    /** Each partition keeps {@value #KEPT_BYTES} bytes, beside what came since the broker last looked. */
    static void of(String bootstrapServers) {
        ConfigResource decisions = new ConfigResource(ConfigResource.Type.TOPIC, Topics.DECISIONS);
        Collection<AlterConfigOp> operations = Stream.of(
                        new ConfigEntry(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(SEGMENT_BYTES)),
                        new ConfigEntry(TopicConfig.RETENTION_BYTES_CONFIG, Integer.toString(KEPT_BYTES)),
                        new ConfigEntry(TopicConfig.FILE_DELETE_DELAY_MS_CONFIG, Integer.toString(DELAY_MILLIS)))
                .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Confirmed.await(
                    admin.incrementalAlterConfigs(Map.of(decisions, operations)).all());
        }
    }
}
