package io.leeway.endtoend.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Activation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.Reward;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Producers at their worst: records twice, out of order, early, late, for events that nobody knows, on the wrong partition. Each
 * event's fate is a function of the seed and its number; an {@link Account} is kept of what the broker acknowledged.
 */
final class MessyTraffic implements AutoCloseable {
    static final Duration WAIT = Duration.ofSeconds(3);
    static final Duration BACKWARD = Duration.ofSeconds(5);

    private static final int PARTITIONS = 6;
    private static final List<Action> ACTIONS = List.of(Action.of("a"), Action.of("b"));

    private final String loop;
    private final SplittableRandom random;
    private final Account account = new Account();
    private final AtomicLong refused = new AtomicLong();
    private final KafkaProducer<String, byte[]> producer;
    private final PriorityQueue<Planned> planned = new PriorityQueue<>(Comparator.comparing(Planned::at));

    /** A record to be sent at a time, and what to note down once the broker has it. */
    private record Planned(Instant at, ProducerRecord<String, byte[]> record, Consumer<RecordMetadata> acknowledged) {}

    MessyTraffic(String bootstrapServers, String loop, long seed) {
        this.loop = loop;
        this.random = new SplittableRandom(seed);
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "delivery.timeout.ms", "600000",
                        "max.block.ms", "600000",
                        "linger.ms", "5"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    Account account() {
        return account;
    }

    /** Sends whose fate the producer does not know: nothing is claimed of them, so there must be none. */
    long refused() {
        return refused.get();
    }

    /** Makes events at a rate for a time, then sends what is still planned, and waits for the broker's word on all of it. */
    void run(Duration time, double perSecond) {
        Instant begin = Instant.now();
        long made = 0;
        while (Duration.between(begin, Instant.now()).compareTo(time) < 0) {
            double due = Duration.between(begin, Instant.now()).toMillis() / 1e3 * perSecond;
            for (; made < due; made++) {
                plan("event-" + made, Instant.now());
            }
            sendDue();
        }
        while (!planned.isEmpty()) {
            sendDue();
        }
        producer.flush();
    }

    private void sendDue() {
        Instant now = Instant.now();
        while (!planned.isEmpty() && !planned.peek().at().isAfter(now)) {
            Planned next = planned.poll();
            producer.send(next.record(), (metadata, failure) -> {
                if (failure == null) {
                    next.acknowledged().accept(metadata);
                } else {
                    refused.incrementAndGet();
                }
            });
        }
        LockSupport.parkNanos(2_000_000);
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** All records of one event, each with the time at which it is sent. */
    private void plan(String eventId, Instant now) {
        boolean orphan = chance(0.03);
        boolean deferred = !orphan && chance(0.15);
        if (!orphan) {
            planDecision(eventId, now, deferred);
        }
        if (orphan || chance(0.7)) {
            planRewards(eventId, now, deferred);
        }
        // Often enough that one is in the transaction that a kill leaves open.
        if (chance(0.2)) {
            planPoison(eventId, now);
        }
        if (deferred && chance(0.6)) {
            Activation activation = new Activation(loop, eventId, now.plusMillis(random.nextInt(500)), null);
            ProducerRecord<String, byte[]> record = record(Topics.REWARDS, eventId, Json.bytes(activation));
            record.headers().add(Headers.CE_TYPE, EventType.ACTIVATION.ceType().getBytes(UTF_8));
            send(now, 1500, record, metadata -> account.activation(eventId, true), 0.05);
        }
    }

    private void planDecision(String eventId, Instant now, boolean deferred) {
        byte[] decision = decision(eventId, now, deferred, "a");
        // A few come after their rewards.
        int delay = chance(0.1) ? 1000 : 20;
        Instant sent = send(
                now,
                delay,
                record(Topics.DECISIONS, eventId, decision),
                metadata -> account.decision(eventId, deferred),
                0.05);
        if (chance(0.02)) {
            // Certainly behind the first one: the same partition, later.
            planned.add(new Planned(
                    sent.plusMillis(1500),
                    new ProducerRecord<>(Topics.DECISIONS, eventId, decision(eventId, now, deferred, "b")),
                    metadata -> account.conflicting(eventId, deferred)));
        }
    }

    private void planRewards(String eventId, Instant now, boolean deferred) {
        int rewards = chance(0.2) ? 2 : 1;
        for (int i = 0; i < rewards; i++) {
            boolean late = chance(0.07);
            long offset = late
                    ? WAIT.toMillis() + 1 + random.nextInt(2000)
                    : random.nextInt((int) WAIT.toMillis()) - (chance(0.1) ? 2000 : 0);
            Instant time = now.plusMillis(offset);
            String rewardId = eventId + "/" + i;
            double value = random.nextInt(1, 9) / 8.0;
            Reward reward = new Reward(loop, eventId, value, rewardId, null, null, time, null);
            Account.RewardSent noted = new Account.RewardSent(rewardId, value, late);
            // Early ones are sent at once, some in-time ones only after the wait: what they are follows from their
            // times.
            int delay = offset < 0 ? 10 : chance(0.05) ? 6000 : (int) offset + 50;
            send(
                    now,
                    delay,
                    record(Topics.REWARDS, eventId, Json.bytes(reward)),
                    metadata -> account.reward(eventId, deferred, noted),
                    0.05);
        }
    }

    /** A reward that no loop takes: a dead letter of its own, and nothing else. */
    private void planPoison(String eventId, Instant now) {
        Reward reward = new Reward(loop, eventId, 7.0, eventId + "/poison", null, null, now, null);
        send(now, 2000, record(Topics.REWARDS, eventId, Json.bytes(reward)), account::poison, 0.1);
    }

    /** Plans a record up to so many milliseconds from now, now and then a second time later on; returns when the first is sent. */
    private Instant send(
            Instant now,
            int within,
            ProducerRecord<String, byte[]> record,
            Consumer<RecordMetadata> acknowledged,
            double twice) {
        Instant at = now.plusMillis(random.nextInt(within / 2, within + 1));
        planned.add(new Planned(at, record, acknowledged));
        if (chance(twice)) {
            planned.add(new Planned(at.plusMillis(random.nextInt(500)), record, acknowledged));
        }
        return at;
    }

    /** Decisions by their key, as a careful producer does; rewards anywhere now and then. */
    private ProducerRecord<String, byte[]> record(String topic, String eventId, byte[] value) {
        Integer partition = topic.equals(Topics.REWARDS) && chance(0.05) ? random.nextInt(PARTITIONS) : null;
        return new ProducerRecord<>(topic, partition, eventId, value);
    }

    private byte[] decision(String eventId, Instant time, boolean deferred, String action) {
        List<ActionProbability> even = new ArrayList<>();
        ACTIONS.forEach(each -> even.add(new ActionProbability(each.id(), 0.5, null)));
        SlotDecision slot = new SlotDecision(SlotDecision.MAIN, even, action, 0.5, 0.25);
        return Json.bytes(Decision.builder(loop, eventId, LoopKind.BANDIT, time)
                .context(Map.of("x", eventId.length()))
                .actions(ACTIONS)
                .slots(List.of(slot))
                .policy("uniform")
                .deferred(deferred)
                .build());
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
