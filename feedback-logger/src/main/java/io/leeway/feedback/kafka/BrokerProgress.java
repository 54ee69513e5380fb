package io.leeway.feedback.kafka;

import io.leeway.contracts.Topics;
import io.leeway.feedback.FeedbackLoggerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Asks the broker again and again how far the join has come; {@link Rounds} says what follows from the answers. */
@Singleton
class BrokerProgress implements Progress {
    private static final Logger LOG = Logger.getLogger(BrokerProgress.class);
    private static final List<String> SOURCES = List.of(Topics.DECISIONS, Topics.REWARDS);

    private final String bootstrapServers;
    private final String group;
    private final List<String> repartition;
    private final Duration pause;
    private final FatesTopic fatesTopic;
    private final Clock clock;

    /** Of a stateful topic, these never change. */
    private final Map<List<String>, Map<TopicPartition, OffsetSpec>> partitions = new HashMap<>();

    private final Rounds rounds = new Rounds();
    private volatile Instant joinedUntil = Instant.MIN;
    private volatile Thread thread;

    BrokerProgress(
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            @ConfigProperty(name = "quarkus.kafka-streams.application-id") String group,
            FeedbackLoggerConfig config,
            FatesTopic fatesTopic,
            MeterRegistry meters,
            Clock clock) {
        this.bootstrapServers = bootstrapServers;
        this.group = group;
        this.repartition = List.of(group + "-" + FeedbackTopology.REPARTITION + "-repartition");
        this.pause = config.join().progress();
        this.fatesTopic = fatesTopic;
        this.clock = clock;
        Gauge.builder("leeway.feedback.join.lag.seconds", this, BrokerProgress::lagSeconds)
                .description("age of the newest record of which it is known that all before it have been joined")
                .register(meters);
    }

    private double lagSeconds() {
        Instant known = joinedUntil;
        return known.equals(Instant.MIN)
                ? Double.NaN
                : Duration.between(known, clock.instant()).toMillis() / 1000.0;
    }

    @Override
    public Instant joinedUntil() {
        return joinedUntil;
    }

    void start(@Observes StartupEvent event) {
        thread = new Thread(this::run, "join-progress");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        thread.interrupt();
    }

    private void run() {
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.CLIENT_ID_CONFIG,
                "join-progress");
        try (Admin admin = Admin.create(settings)) {
            untilDone(() -> fatesTopic.create(admin));
            while (true) {
                untilDone(() -> look(admin));
                sleep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something that the broker may refuse for a while. */
    private interface Attempt {
        void run() throws ExecutionException, InterruptedException;
    }

    private void untilDone(Attempt attempt) throws InterruptedException {
        while (true) {
            try {
                attempt.run();
                return;
            } catch (ExecutionException | KafkaException e) {
                LOG.debugf("the broker does not say how far the join has come, asking again: %s", e.getMessage());
            }
            sleep();
        }
    }

    /** One look at the broker. What is committed is asked before where the topics end, as {@link Rounds} wants it. */
    private void look(Admin admin) throws ExecutionException, InterruptedException {
        Instant now = clock.instant();
        Map<TopicPartition, Long> committed = committed(admin);
        Map<TopicPartition, Long> sources = ends(admin, SOURCES, IsolationLevel.READ_COMMITTED);
        // Uncommitted ends: a transaction that is open holds back the committed end, before what another one has just
        // added.
        Map<TopicPartition, Long> joined = ends(admin, repartition, IsolationLevel.READ_UNCOMMITTED);
        joinedUntil = rounds.look(now, committed, sources, joined);
    }

    private Map<TopicPartition, Long> ends(Admin admin, List<String> topics, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = partitions.get(topics);
        if (latest == null) {
            latest = partitions(admin, topics);
            partitions.put(topics, latest);
        }
        return admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private static Map<TopicPartition, OffsetSpec> partitions(Admin admin, List<String> topics)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (var topic : admin.describeTopics(topics).allTopicNames().get().values()) {
            topic.partitions()
                    .forEach(partition ->
                            latest.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        }
        return latest;
    }

    private Map<TopicPartition, Long> committed(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    private void sleep() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    }
}
