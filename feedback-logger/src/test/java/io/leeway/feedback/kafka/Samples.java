package io.leeway.feedback.kafka;

import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Episode;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardRange;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.SlotDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Loops, decisions and rewards as tests use them. */
public final class Samples {
    private Samples() {}

    /** Backward window 1 s, correction window 1 hour, default reward -1, rewards in [-1, 1]. */
    public static Loop loop(String name, Duration rewardWait) {
        RewardSettings reward = new RewardSettings(
                rewardWait,
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                false,
                -1.0,
                null,
                new RewardRange(-1.0, 1.0, null));
        LoopSettings settings =
                LoopSettings.builder(LoopKind.BANDIT).reward(reward).build();
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        return new Loop(name, 1, "salt", settings, null, now, now, null);
    }

    public static Decision decision(String loop, String eventId, Instant time) {
        return decision(loop, eventId, time, "a", false);
    }

    public static Decision decision(String loop, String eventId, Instant time, String action, boolean deferred) {
        return decision(loop, eventId, time, action, deferred, 3, null);
    }

    public static Decision decision(String loop, String eventId, Instant time, long modelVersion) {
        return decision(loop, eventId, time, "a", false, modelVersion, null);
    }

    /** A step of an mdp loop. */
    public static Decision decision(String loop, String eventId, Instant time, Episode episode) {
        return decision(loop, eventId, time, "a", false, 3, episode);
    }

    private static Decision decision(
            String loop,
            String eventId,
            Instant time,
            String action,
            boolean deferred,
            long modelVersion,
            Episode episode) {
        List<ActionProbability> probabilities =
                List.of(new ActionProbability("a", 0.75, null), new ActionProbability("b", 0.25, null));
        double probability = action.equals("a") ? 0.75 : 0.25;
        return Decision.builder(loop, eventId, episode == null ? LoopKind.BANDIT : LoopKind.MDP, time)
                .context(Map.of("user", "u1", "age", 31))
                .actions(List.of(Action.of("a"), Action.of("b")))
                .slots(List.of(new SlotDecision(SlotDecision.MAIN, probabilities, action, probability, 0.5)))
                .modelVersion(modelVersion)
                .policy("epsilonGreedy")
                .deferred(deferred)
                .episode(episode)
                .build();
    }

    public static Reward reward(String loop, String eventId, double value, String rewardId, Instant time) {
        return new Reward(loop, eventId, value, rewardId, null, null, time, null);
    }
}
