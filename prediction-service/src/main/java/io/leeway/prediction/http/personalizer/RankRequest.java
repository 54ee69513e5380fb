package io.leeway.prediction.http.personalizer;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.DecisionRequest;
import java.util.List;
import java.util.Map;

/** Asks for a ranking. */
public record RankRequest(
        @JsonPropertyDescription("objects of what is known, taken together")
        List<Map<String, Object>> contextFeatures,

        @JsonPropertyDescription("what can be chosen; the first that is not excluded is the baseline")
        List<RankableAction> actions,

        @JsonPropertyDescription("ids of actions that may not be chosen")
        List<String> excludedActions,

        @JsonPropertyDescription("the event's identity; made by us when absent")
        String eventId,

        @JsonPropertyDescription("wait for an activation before learning from this event; default false")
        Boolean deferActivation) {

    DecisionRequest toDecisionRequest() {
        return new DecisionRequest(
                null,
                eventId,
                null,
                Features.together("contextFeatures", contextFeatures),
                Features.actions(actions),
                excludedActions,
                deferActivation,
                null,
                null,
                null);
    }
}
