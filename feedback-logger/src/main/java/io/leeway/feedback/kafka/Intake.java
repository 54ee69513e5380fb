package io.leeway.feedback.kafka;

import io.leeway.contracts.Activation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Loop;
import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardRange;
import io.leeway.contracts.RewardRange.OutOfRange;
import io.leeway.contracts.Topics;
import io.leeway.feedback.DecisionFacts;
import io.leeway.feedback.FeedbackLoggerConfig;
import io.leeway.feedback.LoggedDecision;
import io.leeway.feedback.Plausible;
import io.leeway.feedback.Position;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.EventReader;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;

/**
 * Reads records of the decisions and rewards topics and says why one cannot be used. The join and the landing ask the same
 * questions here, so that they take and refuse the same records. Thread safe; may block (see {@link KnownLoops}).
 */
@Singleton
class Intake {
    private final KnownLoops loops;
    private final Plausible plausible;
    private final long largestDecision;
    private final long largestReward;
    private final RecentlyTaken recent = new RecentlyTaken();

    Intake(KnownLoops loops, Plausible plausible, FeedbackLoggerConfig config) {
        this.loops = loops;
        this.plausible = plausible;
        this.largestDecision = config.intake().largestDecision().asLongValue();
        this.largestReward = config.intake().largestReward().asLongValue();
    }

    /**
     * @param timestamp the record's, milliseconds since 1970; the time of a reward that brings none
     * @throws UnusableEventException if the record can never be used; it names field and value
     */
    Taken take(Headers headers, byte[] value, long timestamp, Position position) {
        Taken known = recent.remove(position);
        if (known != null) {
            return known;
        }
        Taken taken = read(headers, value, timestamp, position);
        recent.put(position, taken, value.length);
        return taken;
    }

    private Taken read(Headers headers, byte[] value, long timestamp, Position position) {
        if (position.topic().equals(Topics.DECISIONS)) {
            EventReader.type(headers, EventType.DECISION);
            return decision(value, position);
        }
        EventType type = EventReader.type(headers, EventType.REWARD);
        Instant recordTime = Instant.ofEpochMilli(timestamp);
        return type == EventType.ACTIVATION
                ? activation(value, recordTime, position)
                : reward(value, recordTime, position);
    }

    private Taken decision(byte[] value, Position position) {
        requireAtMost(largestDecision, "decision", value);
        Decision decision = EventReader.read(value, Decision.class);
        plausible.check(decision);
        Loop loop = loops.get(decision.loop());
        return new Taken.TakenDecision(
                LoggedDecision.of(decision, text(value), position),
                DecisionFacts.of(decision, position),
                loop.settings().reward());
    }

    private Taken reward(byte[] value, Instant recordTime, Position position) {
        requireAtMost(largestReward, "reward", value);
        Reward reward = EventReader.read(value, Reward.class);
        if (reward.time() == null) {
            reward = reward.withTime(recordTime);
        }
        plausible.check(reward);
        Loop loop = loop(reward.loop());
        return new Taken.TakenReward(inRange(reward, loop), loop.settings().reward(), position);
    }

    private Taken activation(byte[] value, Instant recordTime, Position position) {
        requireAtMost(largestReward, "activation", value);
        Activation activation = EventReader.read(value, Activation.class);
        if (activation.time() == null) {
            activation = new Activation(activation.loop(), activation.eventId(), recordTime, activation.other());
        }
        plausible.check(activation.eventId(), activation.time());
        Loop loop = loop(activation.loop());
        return new Taken.TakenActivation(activation, loop.settings().reward(), position);
    }

    private static void requireAtMost(long bytes, String what, byte[] value) {
        if (value != null && value.length > bytes) {
            throw new UnusableEventException(
                    "must have at most " + bytes + " bytes: " + what + "=" + value.length + " bytes");
        }
    }

    private Loop loop(String name) {
        if (name == null) {
            throw new UnusableEventException("must be given: loop=null");
        }
        return loops.get(name);
    }

    private static Reward inRange(Reward reward, Loop loop) {
        RewardRange range = loop.settings().reward().range();
        if (range == null || range.contains(reward.value())) {
            return reward;
        }
        if (range.outOfRange() == OutOfRange.REFUSE) {
            throw new UnusableEventException(
                    "must be in [" + range.min() + ", " + range.max() + "]: value=" + reward.value());
        }
        return reward.withValue(range.clip(reward.value()));
    }

    /** The document as it came; JSON in UTF-16 or with a byte order mark could not be put into another document. */
    private static String text(byte[] value) {
        for (byte b : value) {
            if (b == 0) {
                throw new UnusableEventException("must be JSON in UTF-8: value contains NUL bytes");
            }
        }
        String text = new String(value, StandardCharsets.UTF_8);
        return text.charAt(0) == '\ufeff' ? text.substring(1) : text;
    }
}
