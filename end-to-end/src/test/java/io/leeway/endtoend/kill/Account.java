package io.leeway.endtoend.kill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * What the broker has acknowledged, kept by the producer alone; and what follows from it by timestamps, worked out without any code of the
 * logger's. Thread safe while it is written.
 */
final class Account {
    /** A reward that was acknowledged at least once. */
    record RewardSent(String rewardId, double value, boolean late) {}

    private final ConcurrentMap<String, Sent> events = new ConcurrentHashMap<>();

    private final Set<Place> poison = ConcurrentHashMap.newKeySet();

    /** Where a record stands. */
    record Place(String topic, int partition, long offset) {}

    /** All that was acknowledged of one event. */
    static final class Sent {
        private final boolean deferred;
        private int decisions;
        private int conflicting;
        private int activations;
        private final List<RewardSent> rewards = new ArrayList<>();
        private int repeatedRewards;

        private Sent(boolean deferred) {
            this.deferred = deferred;
        }

        synchronized boolean decided() {
            return decisions > 0;
        }

        synchronized List<RewardSent> rewards() {
            return List.copyOf(rewards);
        }

        /** Whether it becomes feedback. */
        synchronized boolean learnedFrom() {
            return decisions > 0 && (!deferred || activations > 0);
        }

        /** The sum that the newest revision must have; the loop's default of 0 without rewards. */
        synchronized double reward() {
            return rewards.stream().mapToDouble(RewardSent::value).sum();
        }

        synchronized boolean anyLate() {
            return rewards.stream().anyMatch(RewardSent::late);
        }
    }

    private Sent of(String eventId, boolean deferred) {
        return events.computeIfAbsent(eventId, id -> new Sent(deferred));
    }

    void decision(String eventId, boolean deferred) {
        Sent sent = of(eventId, deferred);
        synchronized (sent) {
            sent.decisions++;
        }
    }

    void conflicting(String eventId, boolean deferred) {
        Sent sent = of(eventId, deferred);
        synchronized (sent) {
            sent.conflicting++;
        }
    }

    void activation(String eventId, boolean deferred) {
        Sent sent = of(eventId, deferred);
        synchronized (sent) {
            sent.activations++;
        }
    }

    void reward(String eventId, boolean deferred, RewardSent reward) {
        Sent sent = of(eventId, deferred);
        synchronized (sent) {
            if (sent.rewards.stream().anyMatch(known -> known.rewardId().equals(reward.rewardId()))) {
                sent.repeatedRewards++;
            } else {
                sent.rewards.add(reward);
            }
        }
    }

    void poison(RecordMetadata metadata) {
        poison.add(new Place(metadata.topic(), metadata.partition(), metadata.offset()));
    }

    /** Where the records stand that nobody can use. */
    Set<Place> poison() {
        return poison;
    }

    Map<String, Sent> events() {
        return events;
    }

    long decisions() {
        return events.values().stream().filter(Sent::decided).count();
    }

    long learnedFrom() {
        return events.values().stream().filter(Sent::learnedFrom).count();
    }

    long neverActivated() {
        return decisions() - learnedFrom();
    }

    long conflicting() {
        return events.values().stream().mapToLong(sent -> sent.conflicting).sum();
    }

    /** Records that repeat an earlier one. */
    long repeated() {
        return events.values().stream()
                .mapToLong(sent ->
                        Math.max(0, sent.decisions - 1) + Math.max(0, sent.activations - 1) + sent.repeatedRewards)
                .sum();
    }

    /** Distinct rewards. */
    long rewards() {
        return events.values().stream().mapToLong(sent -> sent.rewards.size()).sum();
    }

    long orphans() {
        return events.values().stream()
                .filter(sent -> !sent.decided())
                .mapToLong(sent -> sent.rewards.size())
                .sum();
    }

    long late() {
        return events.values().stream()
                .filter(Sent::decided)
                .flatMap(sent -> sent.rewards.stream())
                .filter(RewardSent::late)
                .count();
    }
}
