package io.leeway.feedback;

import io.leeway.contracts.Reward;

/** A reward as it is to be stored; its loop and time are given. */
public record LoggedReward(Reward reward, String identity) {
    public static LoggedReward of(Reward reward, Position position) {
        return new LoggedReward(reward, ReceivedReward.identity(reward, position));
    }
}
