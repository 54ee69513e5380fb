package io.leeway.feedback;

import io.leeway.contracts.Reward;
import java.time.Instant;
import java.util.Comparator;

/**
 * A reward that the join holds.
 *
 * @param arrivedAt when the join took it in; decides when something is said of it, never what
 * @param fate what was last said of it; null where nothing was, as of one that is simply in time
 */
public record ReceivedReward(Reward reward, Position position, Instant arrivedAt, FateKind fate) {
    /** By event time; the position breaks ties, so that the order does not depend on that of arrival. */
    static final Comparator<ReceivedReward> BY_TIME =
            Comparator.comparing(ReceivedReward::time).thenComparing(ReceivedReward::position);

    Instant time() {
        return reward.time();
    }

    /** What makes it the same reward as another: its id, or the place of its record where it has none. */
    String identity() {
        return identity(reward, position);
    }

    static String identity(Reward reward, Position position) {
        return reward.rewardId() == null ? position.toString() : reward.rewardId();
    }

    ReceivedReward withFate(FateKind fate) {
        return new ReceivedReward(reward, position, arrivedAt, fate);
    }
}
