package io.leeway.feedback.kafka;

import io.leeway.feedback.Fate;
import io.leeway.feedback.LoggedActivation;
import io.leeway.feedback.LoggedDecision;
import io.leeway.feedback.LoggedFeedback;
import io.leeway.feedback.LoggedReward;
import io.leeway.feedback.Position;
import io.leeway.feedback.Projection;
import io.leeway.feedback.Projection.Unstorable;
import io.leeway.feedback.Reach;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.EventReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes rows of records and lands them, live and when the projection is rebuilt: the same records become the same rows. Waits
 * while the database is away. Thread safe.
 */
final class RecordLanding {
    private final Intake intake;
    private final Projection projection;
    private final LandingLoop loop;
    private final Predicate<String> wanted;

    /** @param wanted the loops whose records are landed; of the others it is only noted that they have been read */
    RecordLanding(Intake intake, Projection projection, LandingLoop loop, Predicate<String> wanted) {
        this.intake = intake;
        this.projection = projection;
        this.loop = loop;
        this.wanted = wanted;
    }

    /** A record that was not landed. */
    record Refused(ConsumerRecord<String, byte[]> record, String reason) {}

    private static final class Rows<T> {
        private final List<T> rows = new ArrayList<>();
        private final List<ConsumerRecord<String, byte[]>> sources = new ArrayList<>();

        void add(T row, ConsumerRecord<String, byte[]> source) {
            rows.add(row);
            sources.add(source);
        }

        List<Refused> refused(List<Unstorable> unstorable) {
            return unstorable.stream()
                    .map(row -> new Refused(sources.get(row.index()), row.reason()))
                    .toList();
        }
    }

    /** What the intake refuses is skipped: the join makes a dead letter of it. */
    List<Refused> decisions(Iterable<ConsumerRecord<String, byte[]>> records) {
        Rows<LoggedDecision> decisions = new Rows<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (take(record).orElse(null) instanceof Taken.TakenDecision taken
                    && wanted.test(taken.decision().loop())) {
                decisions.add(taken.decision(), record);
            }
        }
        Reach reach = reach(records);
        return decisions.refused(loop.land("decisions", () -> projection.landDecisions(decisions.rows, reach)));
    }

    /** Rewards and activations; what the intake refuses is skipped: the join makes a dead letter of it. */
    List<Refused> rewards(Iterable<ConsumerRecord<String, byte[]>> records) {
        Rows<LoggedReward> rewards = new Rows<>();
        Rows<LoggedActivation> activations = new Rows<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            Taken taken = take(record).orElse(null);
            if (taken instanceof Taken.TakenReward reward
                    && wanted.test(reward.reward().loop())) {
                rewards.add(LoggedReward.of(reward.reward(), reward.position()), record);
            } else if (taken instanceof Taken.TakenActivation activation
                    && wanted.test(activation.activation().loop())) {
                activations.add(new LoggedActivation(activation.activation(), activation.position()), record);
            }
        }
        Reach reach = reach(records);
        // In the order of the rows' places.
        rewards.sources.addAll(activations.sources);
        return rewards.refused(
                loop.land("rewards", () -> projection.landRewards(rewards.rows, activations.rows, reach)));
    }

    List<Refused> feedback(Iterable<ConsumerRecord<String, byte[]>> records) {
        Rows<LoggedFeedback> feedback = new Rows<>();
        List<Refused> refused = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                LoggedFeedback row = FeedbackParts.read(record);
                if (wanted.test(row.loop())) {
                    feedback.add(row, record);
                }
            } catch (UnusableEventException e) {
                refused.add(new Refused(record, e.getMessage()));
            }
        }
        Reach reach = reach(records);
        refused.addAll(feedback.refused(loop.land("feedback", () -> projection.landFeedback(feedback.rows, reach))));
        return refused;
    }

    List<Refused> fates(Iterable<ConsumerRecord<String, byte[]>> records) {
        Rows<Fate> fates = new Rows<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            Fate fate = EventReader.read(record.value(), Fate.class);
            if (wanted.test(fate.loop())) {
                fates.add(fate, record);
            }
        }
        Reach reach = reach(records);
        return fates.refused(loop.land("fates", () -> projection.landFates(fates.rows, reach)));
    }

    private Optional<Taken> take(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.of(intake.take(record.headers(), record.value(), record.timestamp(), position(record)));
        } catch (UnusableEventException e) {
            return Optional.empty();
        }
    }

    static Position position(ConsumerRecord<?, ?> record) {
        return new Position(record.topic(), record.partition(), record.offset());
    }

    /** A batch is in the order of its offsets, partition by partition. */
    private static Reach reach(Iterable<ConsumerRecord<String, byte[]>> records) {
        Map<Integer, Position> last = new LinkedHashMap<>();
        records.forEach(record -> last.put(record.partition(), position(record)));
        return new Reach(List.copyOf(last.values()));
    }
}
