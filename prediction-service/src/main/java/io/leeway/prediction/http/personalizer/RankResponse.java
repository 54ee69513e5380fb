package io.leeway.prediction.http.personalizer;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Decision;
import io.leeway.contracts.SlotDecision;
import io.leeway.prediction.Answers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A ranking: the chosen action first, then the others, the most probable first; excluded ones stay where they were offered. */
public record RankResponse(
        @JsonPropertyDescription("every action with its probability; 0 for excluded ones")
        List<RankedAction> ranking,

        @JsonPropertyDescription("the event's identity; a reward names it")
        String eventId,

        @JsonPropertyDescription("id of the action to show") String rewardActionId) {

    /** An action in a ranking. */
    public record RankedAction(
            @JsonPropertyDescription("id of the action") String id,

            @JsonPropertyDescription("probability with which it is chosen, in [0, 1]")
            double probability) {}

    static RankResponse of(List<Action> offered, Decision decision) {
        SlotDecision slot = decision.slots().get(0);
        List<ActionProbability> eligible = Answers.ranking(slot);
        eligible.add(0, slot.chosen());
        eligible.remove(eligible.lastIndexOf(slot.chosen()));
        Set<String> ids = new HashSet<>();
        eligible.forEach(entry -> ids.add(entry.action()));
        List<RankedAction> ranking = new ArrayList<>(offered.size());
        int next = 0;
        for (Action action : offered) {
            if (ids.contains(action.id())) {
                ActionProbability entry = eligible.get(next++);
                ranking.add(new RankedAction(entry.action(), entry.probability()));
            } else {
                ranking.add(new RankedAction(action.id(), 0));
            }
        }
        return new RankResponse(ranking, decision.eventId(), slot.action());
    }
}
