package io.leeway.feedback;

import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardAggregation;
import io.leeway.contracts.RewardSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which rewards of a decision count, and for how much. Everything here follows from event times and the loop's settings alone:
 * the order of arrival cannot change it.
 */
final class Verdicts {
    private final DecisionFacts decision;
    private final RewardSettings settings;
    private final List<ReceivedReward> rewards;
    private final Instant closesAt;

    Verdicts(JoinState state) {
        this.decision = state.decision();
        this.settings = state.settings();
        this.rewards = state.rewards();
        this.closesAt = settings.closeOnReward() ? closesOnReward() : waitEnds();
    }

    /** When the wait is over at the latest. */
    Instant waitEnds() {
        return Times.plus(decision.time(), settings.rewardWait());
    }

    private Instant closesOnReward() {
        Instant firstReward = rewards.stream()
                .filter(reward -> belongs(reward))
                .map(ReceivedReward::time)
                .findFirst()
                .orElse(Instant.MAX);
        return Times.earlier(waitEnds(), Times.later(decision.time(), firstReward));
    }

    private boolean belongs(ReceivedReward reward) {
        return decision.slotFor(reward.reward().slot()) != null && !tooEarly(reward);
    }

    private boolean tooEarly(ReceivedReward reward) {
        return decision.time().isAfter(Times.plus(reward.time(), settings.backwardWindow()));
    }

    boolean activated(Instant activatedAt) {
        return activatedAt != null && !activatedAt.isAfter(waitEnds());
    }

    FateKind of(ReceivedReward reward) {
        if (tooEarly(reward)) {
            return FateKind.ORPHAN;
        }
        if (decision.slotFor(reward.reward().slot()) == null) {
            return FateKind.UNKNOWN_SLOT;
        }
        return reward.time().isAfter(closesAt) ? FateKind.LATE : FateKind.COUNTED;
    }

    boolean anyInTime() {
        return rewards.stream().anyMatch(this::inTime);
    }

    /** What is said when the wait is over: rewards that were in time, else the default. */
    FeedbackRevision first(Instant now) {
        return revision(1, this::inTime, now);
    }

    /** What is to be said once late rewards are heard, too. */
    FeedbackRevision corrected(int revision, Instant now) {
        return revision(revision, reward -> inTime(reward) || corrects(reward), now);
    }

    private boolean inTime(ReceivedReward reward) {
        return of(reward) == FateKind.COUNTED;
    }

    private boolean corrects(ReceivedReward reward) {
        return of(reward) == FateKind.LATE
                && !reward.time().isAfter(Times.plus(waitEnds(), settings.correctionWindow()));
    }

    private FeedbackRevision revision(int revision, Predicate<ReceivedReward> eligible, Instant now) {
        Map<String, Double> slotRewards = new LinkedHashMap<>();
        List<ReceivedReward> counted = new ArrayList<>();
        for (String slot : decision.slots()) {
            List<ReceivedReward> ofSlot = rewards.stream()
                    .filter(eligible)
                    .filter(reward ->
                            slot.equals(decision.slotFor(reward.reward().slot())))
                    .toList();
            List<ReceivedReward> deciding = deciding(ofSlot);
            counted.addAll(deciding);
            slotRewards.put(slot, deciding.isEmpty() ? settings.defaultReward() : aggregate(deciding));
        }
        counted.sort(ReceivedReward.BY_TIME);
        List<Reward> values = counted.stream().map(ReceivedReward::reward).toList();
        List<String> identities = counted.stream().map(ReceivedReward::identity).toList();
        double main = slotRewards.get(decision.mainSlot());
        return new FeedbackRevision(revision, status(revision, counted), main, slotRewards, values, identities, now);
    }

    private static FeedbackStatus status(int revision, List<ReceivedReward> counted) {
        if (revision > 1) {
            return FeedbackStatus.CORRECTED;
        }
        return counted.isEmpty() ? FeedbackStatus.DEFAULTED : FeedbackStatus.MATCHED;
    }

    private double aggregate(List<ReceivedReward> counted) {
        List<Double> values =
                counted.stream().map(held -> held.reward().value()).toList();
        double aggregate = settings.aggregation().of(values);
        // A sum of finite rewards need not be finite, but feedback must be.
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, aggregate));
    }

    /** The rewards that make the aggregate: all of them in a sum or mean, else the one that is it (of equals, the earliest). */
    private List<ReceivedReward> deciding(List<ReceivedReward> byTime) {
        if (byTime.size() <= 1) {
            return byTime;
        }
        RewardAggregation aggregation = settings.aggregation();
        Comparator<ReceivedReward> byValue =
                Comparator.comparing(held -> held.reward().value());
        return switch (aggregation) {
            case FIRST -> byTime.subList(0, 1);
            case LAST -> byTime.subList(byTime.size() - 1, byTime.size());
            case SUM, MEAN -> byTime;
            case MIN -> List.of(byTime.stream().min(byValue).orElseThrow());
            case MAX -> List.of(byTime.stream().min(byValue.reversed()).orElseThrow());
        };
    }
}
