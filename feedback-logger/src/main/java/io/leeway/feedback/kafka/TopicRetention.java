package io.leeway.feedback.kafka;

import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.Topics;
import io.leeway.feedback.Times;
import io.leeway.feedback.TopicCopies;
import io.leeway.kit.LoopDirectory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Asks the broker how long the topics keep what an event consists of. A segment goes as a whole when its newest record is old enough,
 * so a record stays for the retention and for as long as its segment may be written. Thread safe.
 */
@Singleton
class TopicRetention implements TopicCopies {
    /** Every topic on which something of an event is written. */
    static final List<String> TOPICS = List.of(
            Topics.DECISION_REQUESTS,
            Topics.DECISIONS,
            Topics.REWARDS,
            Topics.FEEDBACK,
            FatesTopic.NAME,
            Topics.deadLetter(Topics.DECISION_REQUESTS),
            Topics.deadLetter(Topics.DECISIONS),
            Topics.deadLetter(Topics.REWARDS),
            Topics.deadLetter(Topics.FEEDBACK));

    private static final Logger LOG = Logger.getLogger(TopicRetention.class);

    /** A broker takes records dated up to an hour ahead, and looks for old segments every few minutes. */
    private static final Duration SLACK = Duration.ofHours(2);

    private static final long PATIENCE_SECONDS = 5;

    private final Map<String, Object> settings;
    private final LoopDirectory loops;
    private final Duration compactionLag;

    /** @param compactionLag when the changelogs of the join are rid of what it has forgotten, at the latest */
    TopicRetention(
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            @ConfigProperty(name = "kafka-streams.topic.max.compaction.lag.ms") long compactionLag,
            LoopDirectory loops) {
        this.settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.CLIENT_ID_CONFIG,
                "topic-retention");
        this.compactionLag = Duration.ofMillis(compactionLag);
        this.loops = loops;
    }

    @Override
    public Optional<Instant> goneBy(String loop, Instant erasedAt) {
        List<ConfigResource> resources = TOPICS.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        try (Admin admin = Admin.create(settings)) {
            Collection<Config> configs = admin.describeConfigs(resources)
                    .all()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .values();
            Optional<Duration> kept = longest(configs);
            return kept.map(time -> Times.later(erasedAt.plus(time), joinForgets(loop, erasedAt))
                    .plus(SLACK));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.warnf("it is not known how long the topics keep what is erased: %s", e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Empty if one of them keeps its records for ever. */
    static Optional<Duration> longest(Collection<Config> configs) {
        Duration longest = Duration.ZERO;
        for (Config config : configs) {
            long retention = number(config, TopicConfig.RETENTION_MS_CONFIG);
            if (retention < 0) {
                return Optional.empty();
            }
            Duration kept = Duration.ofMillis(retention).plusMillis(number(config, TopicConfig.SEGMENT_MS_CONFIG));
            longest = kept.compareTo(longest) > 0 ? kept : longest;
        }
        return Optional.of(longest);
    }

    private static long number(Config config, String name) {
        return Long.parseLong(config.get(name).value());
    }

    /** When nothing is left in the join's state and its changelogs. */
    private Instant joinForgets(String loop, Instant erasedAt) {
        return loops.find(loop)
                .map(known -> {
                    RewardSettings reward = known.settings().reward();
                    return Times.plus(Times.plus(erasedAt, reward.rewardWait()), reward.correctionWindow());
                })
                .map(forgotten -> Times.plus(forgotten, compactionLag))
                .orElse(erasedAt);
    }
}
