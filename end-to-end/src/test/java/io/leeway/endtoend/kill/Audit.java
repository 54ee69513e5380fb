package io.leeway.endtoend.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leeway.contracts.Feedback;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Compares what the topic and the database hold of a loop with the producer's account. */
final class Audit {
    private static final int NAMED = 10;

    private final String loop;
    private final Account account;
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    /** Of each revision that is committed: where it stands on the topic. */
    private final Map<String, String> places = new HashMap<>();

    Audit(String loop, Account account) {
        this.loop = loop;
        this.account = account;
    }

    /** What was counted, for people. */
    Map<String, Long> counts() {
        return counts;
    }

    /** What does not fit, in words. */
    List<String> faults() {
        return faults;
    }

    void run(String bootstrapServers, String jdbcUrl) throws SQLException {
        counts.put("decisions acknowledged", account.decisions());
        counts.put("rewards acknowledged", account.rewards());
        counts.put("records sent twice", account.repeated());
        Map<String, List<Feedback>> feedback = feedback(bootstrapServers);
        checkFeedback(feedback);
        checkDeadLetters(committed(bootstrapServers, Topics.deadLetter(Topics.REWARDS)));
        try (Connection connection = DriverManager.getConnection(jdbcUrl, "leeway", "leeway")) {
            checkRows(connection, feedback);
            checkFates(connection);
        }
    }

    private void checkFeedback(Map<String, List<Feedback>> feedback) {
        long doubled = 0;
        long missing = 0;
        for (Map.Entry<String, Account.Sent> entry : account.events().entrySet()) {
            String eventId = entry.getKey();
            List<Feedback> revisions = feedback.getOrDefault(eventId, List.of());
            doubled += revisions.size()
                    - revisions.stream().map(Feedback::revision).distinct().count();
            if (!entry.getValue().learnedFrom()) {
                fault(revisions.isEmpty(), eventId + " must not have feedback: " + words(revisions));
            } else if (revisions.isEmpty()) {
                missing++;
                fault(false, eventId + " has no feedback");
            } else {
                checkRevisions(eventId, entry.getValue(), revisions);
            }
        }
        feedback.keySet().forEach(id -> fault(account.events().containsKey(id), "feedback of nothing: " + id));
        fault(doubled == 0, "revisions doubled on the topic: " + doubled);
        counts.put("events with feedback", (long) feedback.size());
        counts.put("feedback missing", missing);
        counts.put("feedback doubled", doubled);
    }

    private void checkRevisions(String eventId, Account.Sent sent, List<Feedback> revisions) {
        List<Integer> numbers = revisions.stream().map(Feedback::revision).toList();
        for (int i = 0; i < numbers.size(); i++) {
            fault(numbers.get(i) == i + 1, eventId + " must have revisions in order: " + numbers);
        }
        Feedback newest = revisions.get(revisions.size() - 1);
        fault(
                newest.reward() == sent.reward(),
                eventId + " must have the reward " + sent.reward() + ": " + words(revisions));
        Set<String> counted =
                newest.rewards().stream().map(reward -> reward.rewardId()).collect(Collectors.toSet());
        Set<String> given =
                sent.rewards().stream().map(Account.RewardSent::rewardId).collect(Collectors.toSet());
        fault(counted.equals(given), eventId + " must count " + given + ": " + counted);
        Set<String> late = sent.rewards().stream()
                .filter(Account.RewardSent::late)
                .map(Account.RewardSent::rewardId)
                .collect(Collectors.toSet());
        Feedback first = revisions.get(0);
        fault(
                first.rewards().stream().noneMatch(reward -> late.contains(reward.rewardId())),
                eventId + " must not count late rewards at first: " + words(revisions));
        FeedbackStatus status = first.rewards().isEmpty() ? FeedbackStatus.DEFAULTED : FeedbackStatus.MATCHED;
        fault(first.status() == status, eventId + " must be " + status + " at first: " + words(revisions));
        fault(!sent.anyLate() || revisions.size() > 1, eventId + " must be corrected: " + words(revisions));
    }

    /** Each record that nobody can use has one letter, which says where it came from. */
    private void checkDeadLetters(List<ConsumerRecord<String, byte[]>> letters) {
        Map<Account.Place, Long> found = new HashMap<>();
        letters.forEach(letter -> found.merge(
                new Account.Place(
                        header(letter, Headers.DEAD_LETTER_TOPIC),
                        number(letter, Headers.DEAD_LETTER_PARTITION),
                        number(letter, Headers.DEAD_LETTER_OFFSET)),
                1L,
                Long::sum));
        account.poison().forEach(place -> fault(found.containsKey(place), "no dead letter of " + place));
        found.forEach((place, count) -> {
            fault(account.poison().contains(place), "dead letter of a good record: " + place);
            fault(count == 1, "dead letters must be one: " + place + " has " + count);
        });
        counts.put("dead letters", (long) letters.size());
        counts.put("dead letters doubled", letters.size() - (long) found.size());
    }

    private static String header(ConsumerRecord<String, byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    private static int number(ConsumerRecord<String, byte[]> letter, String name) {
        String text = header(letter, name);
        return text.isEmpty() ? -1 : Integer.parseInt(text);
    }

    private void checkRows(Connection connection, Map<String, List<Feedback>> feedback) throws SQLException {
        Map<String, Long> decisions = rows(connection, "select event_id from projection.decision where loop = ?");
        Map<String, Long> rewards = rows(connection, "select identity from projection.reward where loop = ?");
        Map<String, Long> stored = rows(
                connection,
                "select event_id || '#' || revision || '=' || reward || ' at ' || source_partition || '@' || source_offset"
                        + " from projection.feedback where loop = ?");
        Map<String, Long> expected = new HashMap<>();
        feedback.forEach((id, revisions) -> revisions.forEach(one -> expected.merge(
                id + "#" + one.revision() + "=" + plain(one.reward()) + " at " + places.get(id + "#" + one.revision()),
                1L,
                Long::sum)));
        long missing = 0;
        for (Map.Entry<String, Account.Sent> entry : account.events().entrySet()) {
            if (entry.getValue().decided() && !decisions.containsKey(entry.getKey())) {
                missing++;
                fault(false, "not in the database: decision " + entry.getKey());
            }
            for (Account.RewardSent reward : entry.getValue().rewards()) {
                if (!rewards.containsKey(reward.rewardId())) {
                    missing++;
                    fault(false, "not in the database: reward " + reward.rewardId());
                }
            }
        }
        long doubled = doubled(decisions) + doubled(rewards) + doubled(stored);
        fault(doubled == 0, "rows doubled: " + doubled);
        fault(
                decisions.size() == account.decisions(),
                "decisions must be " + account.decisions() + ": " + decisions.size());
        fault(rewards.size() == account.rewards(), "rewards must be " + account.rewards() + ": " + rewards.size());
        expected.keySet().forEach(key -> fault(stored.containsKey(key), "not in the database: feedback " + key));
        stored.keySet().forEach(key -> fault(expected.containsKey(key), "not on the topic: feedback " + key));
        counts.put("revisions stored", (long) stored.size());
        counts.put("rows missing", missing);
        counts.put("rows doubled", doubled);
    }

    private void checkFates(Connection connection) throws SQLException {
        Map<String, Long> fates = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(
                "select kind, count(*) from projection.fate where loop = ? and kind <> 'counted' group by kind")) {
            query.setString(1, loop);
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    fates.put(result.getString(1), result.getLong(2));
                }
            }
        }
        Map<String, Long> expected = new TreeMap<>(Map.of(
                "duplicate", account.repeated(),
                "orphan", account.orphans(),
                "late", account.late(),
                "neverActivated", account.neverActivated(),
                "conflicting", account.conflicting(),
                "deadLettered", (long) account.poison().size()));
        expected.values().removeIf(count -> count == 0);
        fault(fates.equals(expected), "fates must be " + expected + ": " + fates);
        fates.forEach((kind, count) -> counts.put("fate " + kind, count));
    }

    private void fault(boolean holds, String otherwise) {
        if (!holds && faults.size() < NAMED) {
            faults.add(otherwise);
        }
    }

    private static String words(List<Feedback> revisions) {
        return revisions.stream()
                .map(one -> one.revision() + " " + one.status() + " " + one.reward())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** As PostgreSQL writes a number of eighths. */
    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static long doubled(Map<String, Long> counts) {
        return counts.values().stream().filter(count -> count > 1).count();
    }

    private Map<String, Long> rows(Connection connection, String sql) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, loop);
            Map<String, Long> rows = new HashMap<>();
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    rows.merge(result.getString(1), 1L, Long::sum);
                }
            }
            return rows;
        }
    }

    /** Every revision that is committed, by event, in the order of the topic. */
    private Map<String, List<Feedback>> feedback(String bootstrapServers) {
        Map<String, List<Feedback>> found = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : committed(bootstrapServers, Topics.FEEDBACK)) {
            Feedback one = Json.read(record.value(), Feedback.class);
            if (one.loop().equals(loop)) {
                found.computeIfAbsent(one.eventId(), id -> new ArrayList<>()).add(one);
                places.putIfAbsent(one.eventId() + "#" + one.revision(), record.partition() + "@" + record.offset());
            }
        }
        return found;
    }

    private static List<ConsumerRecord<String, byte[]>> committed(String bootstrapServers, String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
            return found;
        }
    }
}
