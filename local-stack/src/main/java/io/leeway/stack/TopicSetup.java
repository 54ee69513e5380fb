package io.leeway.stack;

import io.leeway.contracts.Topics;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates Leeway's topics; what exists already is left as it is. Stateless.
 *
 * <p>Topics keyed by event id have the partitions asked for, since they carry the load and are joined; topics keyed by
 * loop have one, which keeps their records in one order.
 */
public final class TopicSetup {
    public static final int DEFAULT_PARTITIONS = 6;

    /** A model of 8 MiB, with room for its headers and the record around it. */
    public static final int MODEL_RECORD_BYTES = 9 << 20;

    /**
     * A decision holds its context and the features of all of its actions. More than any service takes: what is too large is better
     * kept as a dead letter than refused to a producer who may not look.
     */
    public static final int EVENT_RECORD_BYTES = 11 << 20;

    /** A rejected record of any topic, and the headers that say why. */
    public static final int DEAD_LETTER_BYTES = BrokerSettings.MESSAGE_BYTES;

    /** Environment variable: how long decisions, rewards and feedback stay on their topics, ISO 8601; for ever unless given. */
    public static final String RECORD_RETENTION = "LEEWAY_RECORD_RETENTION";

    private static final Set<String> KEYED_BY_EVENT_ID =
            Set.of(Topics.DECISION_REQUESTS, Topics.DECISIONS, Topics.REWARDS, Topics.FEEDBACK);

    /** What the projection in the database is rebuilt from, and so kept as long as the database's: without end, unless told. */
    private static final Set<String> RECORD = Set.of(Topics.DECISIONS, Topics.REWARDS, Topics.FEEDBACK);

    private static final Duration RETENTION = Duration.ofDays(30);
    private static final Duration SHORTEST_RETENTION = Duration.ofDays(1);
    private static final short REPLICATION = 1;

    private TopicSetup() {}

    /** Creates the topics with {@value #DEFAULT_PARTITIONS} partitions. */
    public static void create(String bootstrapServers) {
        create(bootstrapServers, DEFAULT_PARTITIONS);
    }

    /** Creates the topics that are missing and returns when they are usable. */
    public static void create(String bootstrapServers, int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("must be >= 1: partitions=" + partitions);
        }
        Map<String, Object> settings = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (Admin admin = Admin.create(settings)) {
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> wanted = topics(partitions, recordRetention(System.getenv(RECORD_RETENTION)));
            List<NewTopic> missing = wanted.stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .toList();
            createAll(admin, missing);
            Waiting.until(
                    "topics usable",
                    Duration.ofSeconds(30),
                    () -> haveLeaders(admin, wanted),
                    () -> "bootstrapServers=" + bootstrapServers);
        } catch (ExecutionException e) {
            throw new StackException("must be creatable: topics on " + bootstrapServers, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while creating topics", e);
        }
    }

    /** @throws IllegalArgumentException if it is not a duration of a day at least */
    static Optional<Duration> recordRetention(String given) {
        if (given == null || given.isBlank()) {
            return Optional.empty();
        }
        try {
            Duration retention = Duration.parse(given);
            if (retention.compareTo(SHORTEST_RETENTION) >= 0) {
                return Optional.of(retention);
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "must be a duration in ISO 8601, as in P30D: " + RECORD_RETENTION + "=" + given, e);
        }
        throw new IllegalArgumentException(
                "must be at least " + SHORTEST_RETENTION + ": " + RECORD_RETENTION + "=" + given);
    }

    static List<NewTopic> topics(int partitions, Optional<Duration> recordRetention) {
        List<NewTopic> topics = new ArrayList<>();
        Topics.compacted().forEach(name -> topics.add(topic(name, 1, compacted(name))));
        Topics.events()
                .forEach(
                        name -> topics.add(topic(name, partitionsOf(name, partitions), events(name, recordRetention))));
        Topics.inputs().forEach(name -> topics.add(topic(Topics.deadLetter(name), 1, deadLetters())));
        return topics;
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
        return new NewTopic(name, partitions, REPLICATION).configs(settings);
    }

    private static int partitionsOf(String name, int partitions) {
        return KEYED_BY_EVENT_ID.contains(name) ? partitions : 1;
    }

    private static Map<String, String> compacted(String name) {
        int bytes = name.equals(Topics.MODELS) ? MODEL_RECORD_BYTES : EVENT_RECORD_BYTES;
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(bytes));
    }

    private static Map<String, String> events(String name, Optional<Duration> recordRetention) {
        long retention =
                RECORD.contains(name) ? recordRetention.map(Duration::toMillis).orElse(-1L) : RETENTION.toMillis();
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(EVENT_RECORD_BYTES));
    }

    private static Map<String, String> deadLetters() {
        Map<String, String> settings = new LinkedHashMap<>(events("", Optional.empty()));
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(DEAD_LETTER_BYTES));
        return settings;
    }

    private static void createAll(Admin admin, List<NewTopic> topics) throws ExecutionException, InterruptedException {
        var results = admin.createTopics(topics).values();
        for (var result : results.values()) {
            try {
                result.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private static boolean haveLeaders(Admin admin, List<NewTopic> topics) {
        List<String> names = topics.stream().map(NewTopic::name).toList();
        try {
            return admin.describeTopics(names).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition ->
                            partition.leader() != null && !partition.leader().isEmpty());
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while waiting for topics", e);
        }
    }
}
