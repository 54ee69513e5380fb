package io.leeway.prediction;

import io.leeway.contracts.Activation;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Loop;
import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardRange;
import io.leeway.contracts.RewardRange.OutOfRange;
import io.leeway.kit.EventIds;
import io.leeway.kit.LoopDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Takes rewards and activations and logs them. Whether their decision is known is for the feedback logger to say: it may not
 * have been read yet. Thread safe; blocks until the log has confirmed.
 */
@Singleton
public class AcceptReward {
    /** Where a clipped reward keeps what was sent. */
    static final String ORIGINAL_VALUE = "originalValue";

    private final LoopDirectory loops;
    private final EventLog log;
    private final Confirmations confirmations;
    private final EventIds ids;
    private final Clock clock;
    private final MeterRegistry meters;

    public AcceptReward(
            LoopDirectory loops,
            EventLog log,
            Confirmations confirmations,
            EventIds ids,
            Clock clock,
            MeterRegistry meters) {
        this.loops = loops;
        this.log = log;
        this.confirmations = confirmations;
        this.ids = ids;
        this.clock = clock;
        this.meters = meters;
    }

    /** Logs several rewards, or none if one of them is refused; returns them as they were logged. */
    public List<Reward> acceptAll(String loopName, List<Reward> rewards) {
        Loop loop = loops.get(loopName);
        List<Reward> checked =
                rewards.stream().map(reward -> inRange(loop, reward)).toList();
        List<Supplier<Reward>> begun =
                checked.stream().map(reward -> beginReward(loopName, reward)).toList();
        return begun.stream().map(Supplier::get).toList();
    }

    /** Returns the reward as it was logged: with loop, time and id, and clipped if the loop says so. */
    public Reward accept(String loopName, Reward reward) {
        return beginReward(loopName, reward).get();
    }

    /** Begins to log a reward; what it returns waits for the log, so that many can be waited for together. */
    public Supplier<Reward> beginReward(String loopName, Reward reward) {
        Loop loop = loops.get(loopName);
        requireSameLoop(loopName, reward.loop());
        JsonValues.requireUsable("other", reward.other());
        Reward inRange = inRange(loop, reward);
        Reward complete = new Reward(
                loopName,
                inRange.eventId(),
                inRange.value(),
                inRange.rewardId() == null ? ids.next() : inRange.rewardId(),
                inRange.slot(),
                inRange.name(),
                inRange.time() == null ? clock.instant() : inRange.time(),
                inRange.other());
        return logged(loopName, "leeway.rewards", complete, () -> log.append(complete));
    }

    /** Returns the activation as it was logged. */
    public Activation activate(String loopName, String eventId) {
        return beginActivation(loopName, eventId).get();
    }

    /** Begins to log an activation; what it returns waits for the log, so that many can be waited for together. */
    public Supplier<Activation> beginActivation(String loopName, String eventId) {
        loops.get(loopName);
        Activation activation = new Activation(loopName, eventId, clock.instant(), null);
        return logged(loopName, "leeway.activations", activation, () -> log.append(activation));
    }

    private <T> Supplier<T> logged(String loop, String counter, T event, Supplier<CompletableFuture<?>> append) {
        CompletableFuture<?> logging = confirmations.begin(loop, append);
        return () -> {
            confirmations.end(loop, logging);
            meters.counter(counter, "loop", loop).increment();
            return event;
        };
    }

    private Reward inRange(Loop loop, Reward reward) {
        RewardRange range = loop.settings().reward().range();
        if (range == null || range.contains(reward.value())) {
            return reward;
        }
        if (range.outOfRange() == OutOfRange.REFUSE) {
            meters.counter("leeway.rewards.refused", "loop", loop.name()).increment();
            throw new ContractViolation(
                    "value",
                    "must be in [" + range.min() + ", " + range.max() + "], the range of loop " + loop.name(),
                    reward.value());
        }
        meters.counter("leeway.rewards.clipped", "loop", loop.name()).increment();
        Map<String, Object> other = new LinkedHashMap<>(reward.other());
        other.put(ORIGINAL_VALUE, reward.value());
        return new Reward(
                reward.loop(),
                reward.eventId(),
                range.clip(reward.value()),
                reward.rewardId(),
                reward.slot(),
                reward.name(),
                reward.time(),
                other);
    }

    private static void requireSameLoop(String asked, String given) {
        if (given != null && !given.equals(asked)) {
            throw new ContractViolation("loop", "must be the loop that is asked, " + asked, given);
        }
    }
}
