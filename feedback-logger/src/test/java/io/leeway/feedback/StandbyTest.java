package io.leeway.feedback;

import static io.leeway.feedback.Service.eventually;
import static io.leeway.feedback.Service.summary;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.feedback.kafka.Samples;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.Topology;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code KAFKA_STREAMS_NUM_STANDBY_REPLICAS=1} with two instances: what one holds, the other one holds, too. */
@QuarkusTest
@TestProfile(StandbyTest.OneStandby.class)
@WithTestResource(LeewayTestResource.class)
class StandbyTest {
    private static final int PARTITIONS = 6;
    private static final String LOOP = "standby";

    @Inject
    KafkaStreams streams;

    @Inject
    Topology topology;

    @Inject
    Config config;

    @TempDir
    Path otherState;

    /** As an operator sets it. */
    public static final class OneStandby implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("kafka-streams.num.standby.replicas", "1");
        }
    }

    @Test
    void everyPartitionIsHeldTwiceByTwoInstances() {
        try (Service service = new Service();
                KafkaStreams other = new KafkaStreams(topology, settings())) {
            service.make(Samples.loop(LOOP, Duration.ofHours(1)));
            for (int i = 0; i < 60; i++) {
                service.decide(Samples.decision(LOOP, "s" + i, Instant.now()));
            }
            eventually().until(() -> summary(LOOP).open() == 60);
            other.start();
            eventually().until(() -> standbys().size() == PARTITIONS);
            // Each of the join's three stores of six partitions, held by the other one to the last record.
            eventually().until(() -> held(streams) + held(other) == 2 * 3 * PARTITIONS);
            assertThat(summary(LOOP).open()).isEqualTo(60);
        }
    }

    private Properties settings() {
        Properties settings = new Properties();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith("kafka-streams.")) {
                settings.setProperty(name.substring("kafka-streams.".length()), config.getValue(name, String.class));
            }
        }
        assertThat(settings).containsEntry(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, "1");
        settings.setProperty(
                StreamsConfig.APPLICATION_ID_CONFIG,
                config.getValue("quarkus.kafka-streams.application-id", String.class));
        settings.setProperty(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.getValue("kafka.bootstrap.servers", String.class));
        settings.setProperty(StreamsConfig.STATE_DIR_CONFIG, otherState.toString());
        return settings;
    }

    private Set<Object> standbys() {
        return streams.metadataForAllStreamsClients().stream()
                .map(StreamsMetadata::standbyTopicPartitions)
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    /** Partitions of stores that an instance holds up to date. */
    private static long held(KafkaStreams instance) {
        return instance.allLocalStorePartitionLags().values().stream()
                .flatMap(partitions -> partitions.values().stream())
                .map(LagInfo::offsetLag)
                .filter(lag -> lag == 0)
                .count();
    }
}
