package io.leeway.feedback;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.leeway.contracts.RewardSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the join holds of one event id of one loop.
 *
 * @param settings those that came with the decision; until it came, those of the newest record
 * @param decision null while only rewards or activations have come
 * @param arrivedAt when the decision was taken in; before that, when the first activation was
 * @param rewards every distinct reward, in the order of {@link ReceivedReward#BY_TIME}
 * @param activatedAt the earliest activation's time; null without one
 * @param decisionFate what was last said of the decision; null where nothing was
 * @param revision that of the newest feedback; 0 while there is none
 * @param counted identities of the rewards that counted in it
 */
public record JoinState(
        String loop,
        String eventId,
        RewardSettings settings,
        DecisionFacts decision,
        Instant arrivedAt,
        List<ReceivedReward> rewards,
        Instant activatedAt,
        FateKind decisionFate,
        int revision,
        List<String> counted) {

    public JoinState {
        rewards = rewards == null ? List.of() : List.copyOf(rewards);
        counted = counted == null ? List.of() : List.copyOf(counted);
    }

    public static JoinState empty(String loop, String eventId) {
        return new JoinState(loop, eventId, null, null, null, null, null, null, 0, null);
    }

    @JsonIgnore
    boolean closed() {
        return revision > 0;
    }

    public JoinState apply(JoinEvent event) {
        if (event instanceof JoinEvent.DecisionTaken taken) {
            return taken(taken);
        } else if (event instanceof JoinEvent.RewardTaken taken) {
            return taken(taken);
        } else if (event instanceof JoinEvent.ActivationTaken taken) {
            return taken(taken);
        } else if (event instanceof JoinEvent.Closed closing) {
            return closed(closing.feedback());
        } else if (event instanceof JoinEvent.Fated fated) {
            return fated(fated.fate());
        }
        return empty(loop, eventId);
    }

    private JoinState taken(JoinEvent.DecisionTaken taken) {
        return new JoinState(
                loop,
                eventId,
                taken.settings(),
                taken.decision(),
                taken.arrivedAt(),
                rewards,
                activatedAt,
                null,
                revision,
                counted);
    }

    private JoinState taken(JoinEvent.RewardTaken taken) {
        List<ReceivedReward> more = new ArrayList<>(rewards);
        more.add(taken.reward());
        more.sort(ReceivedReward.BY_TIME);
        RewardSettings holding = decision == null ? taken.settings() : settings;
        return new JoinState(
                loop, eventId, holding, decision, arrivedAt, more, activatedAt, decisionFate, revision, counted);
    }

    private JoinState taken(JoinEvent.ActivationTaken taken) {
        RewardSettings holding = decision == null ? taken.settings() : settings;
        Instant arrived = arrivedAt == null ? taken.arrivedAt() : arrivedAt;
        return new JoinState(
                loop, eventId, holding, decision, arrived, rewards, taken.time(), decisionFate, revision, counted);
    }

    private JoinState closed(FeedbackRevision feedback) {
        return new JoinState(
                loop,
                eventId,
                settings,
                decision,
                arrivedAt,
                rewards,
                activatedAt,
                decisionFate,
                feedback.revision(),
                feedback.counted());
    }

    private JoinState fated(Fate fate) {
        FateKind ofDecision =
                decision != null && decision.position().equals(fate.position()) ? fate.kind() : decisionFate;
        List<ReceivedReward> ofRewards = rewards.stream()
                .map(held -> held.position().equals(fate.position()) ? held.withFate(fate.kind()) : held)
                .toList();
        return new JoinState(
                loop, eventId, settings, decision, arrivedAt, ofRewards, activatedAt, ofDecision, revision, counted);
    }
}
