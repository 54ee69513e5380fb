package io.leeway.feedback.kafka;

import io.leeway.feedback.LoggedActivation;
import io.leeway.feedback.LoggedDecision;
import io.leeway.feedback.LoggedReward;
import io.leeway.feedback.Position;
import io.leeway.feedback.Projection;
import io.leeway.feedback.Projection.Unstorable;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.DeadLetters;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Lands decisions, rewards and activations. What the intake refuses is skipped: the join makes a dead letter of it. */
@ApplicationScoped
class EventListener {
    private final Intake intake;
    private final Projection projection;
    private final LandingLoop loop;
    private final DeadLetters deadLetters;

    EventListener(Intake intake, Projection projection, LandingLoop loop, DeadLetters deadLetters) {
        this.intake = intake;
        this.projection = projection;
        this.loop = loop;
        this.deadLetters = deadLetters;
    }

    @Incoming("decisions")
    @Blocking
    void decisions(ConsumerRecords<String, byte[]> records) {
        List<LoggedDecision> rows = new ArrayList<>(records.count());
        List<ConsumerRecord<String, byte[]>> sources = new ArrayList<>(records.count());
        for (ConsumerRecord<String, byte[]> record : records) {
            if (take(record).orElse(null) instanceof Taken.TakenDecision taken) {
                rows.add(new LoggedDecision(taken.decision(), taken.body(), taken.position()));
                sources.add(record);
            }
        }
        bury(sources, loop.land("decisions", () -> projection.landDecisions(rows)));
    }

    @Incoming("rewards")
    @Blocking
    void rewards(ConsumerRecords<String, byte[]> records) {
        List<LoggedReward> rewards = new ArrayList<>(records.count());
        List<ConsumerRecord<String, byte[]>> ofRewards = new ArrayList<>(records.count());
        List<LoggedActivation> activations = new ArrayList<>();
        List<ConsumerRecord<String, byte[]>> ofActivations = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            Taken taken = take(record).orElse(null);
            if (taken instanceof Taken.TakenReward reward) {
                rewards.add(LoggedReward.of(reward.reward(), reward.position()));
                ofRewards.add(record);
            } else if (taken instanceof Taken.TakenActivation activation) {
                activations.add(new LoggedActivation(activation.activation(), activation.position()));
                ofActivations.add(record);
            }
        }
        bury(ofRewards, loop.land("rewards", () -> projection.landRewards(rewards)));
        bury(ofActivations, loop.land("activations", () -> projection.landActivations(activations)));
    }

    private Optional<Taken> take(ConsumerRecord<String, byte[]> record) {
        Position position = new Position(record.topic(), record.partition(), record.offset());
        try {
            return Optional.of(intake.take(record.headers(), record.value(), record.timestamp(), position));
        } catch (UnusableEventException e) {
            return Optional.empty();
        }
    }

    private void bury(List<ConsumerRecord<String, byte[]>> records, List<Unstorable> unstorable) {
        for (Unstorable row : unstorable) {
            deadLetters.send(records.get(row.index()), row.reason()).join();
        }
    }
}
