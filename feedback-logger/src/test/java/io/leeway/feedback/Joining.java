package io.leeway.feedback;

import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardAggregation;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Drives the pure join by hand: times are seconds after {@link #START}. */
final class Joining {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final Duration GRACE = Duration.ofSeconds(1);
    static final RewardSettings SETTINGS = settings(RewardAggregation.FIRST, false);

    final JoinRewards join = new JoinRewards(GRACE);
    final List<FeedbackRevision> feedback = new ArrayList<>();
    final List<Fate> fates = new ArrayList<>();
    boolean forgotten;
    JoinState state = JoinState.empty("films", "e1");

    /** Wait 10 s, backward window 5 s, correction window 60 s, default reward -1. */
    static RewardSettings settings(RewardAggregation aggregation, boolean closeOnReward) {
        return new RewardSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                closeOnReward,
                -1.0,
                aggregation,
                null);
    }

    static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }

    static JoinInput decision(RewardSettings settings, double seconds, boolean deferred, String answer, long offset) {
        Position position = new Position(Topics.DECISIONS, 0, offset);
        DecisionFacts facts = new DecisionFacts(at(seconds), List.of("main"), deferred, answer, position);
        return new JoinInput.DecisionMade("films", "e1", settings, facts);
    }

    static JoinInput decision(RewardSettings settings) {
        return decision(settings, 0, false, "x", 0);
    }

    static JoinInput reward(RewardSettings settings, double seconds, double value, String id, long offset) {
        return reward(settings, seconds, value, id, offset, "main");
    }

    static JoinInput reward(
            RewardSettings settings, double seconds, double value, String id, long offset, String slot) {
        Reward reward = new Reward("films", "e1", value, id, slot, null, at(seconds), null);
        return new JoinInput.RewardGiven(settings, new Position(Topics.REWARDS, 0, offset), reward);
    }

    static JoinInput reward(double seconds, double value, long offset) {
        return reward(SETTINGS, seconds, value, null, offset);
    }

    static JoinInput activation(double seconds, long offset) {
        return new JoinInput.ActivationGiven(
                "films", "e1", SETTINGS, new Position(Topics.REWARDS, 0, offset), at(seconds));
    }

    Joining arrives(JoinInput input, double now) {
        return apply(join.decide(state, input, at(now)));
    }

    Joining passes(double now) {
        return apply(join.tick(state, at(now), at(now)));
    }

    private Joining apply(List<JoinEvent> events) {
        for (JoinEvent event : events) {
            state = state.apply(event);
            if (event instanceof JoinEvent.Closed closed) {
                feedback.add(closed.feedback());
            } else if (event instanceof JoinEvent.Fated fated) {
                fates.add(fated.fate());
            } else if (event instanceof JoinEvent.Forgotten) {
                forgotten = true;
            }
        }
        return this;
    }

    FeedbackRevision newest() {
        return feedback.get(feedback.size() - 1);
    }

    List<FateKind> kinds() {
        return fates.stream().map(Fate::kind).toList();
    }
}
