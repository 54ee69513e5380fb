package io.leeway.prediction.http.personalizer;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.Action;
import java.util.List;
import java.util.Map;

/** An action as Personalizer's clients send it. */
public record RankableAction(
        @JsonPropertyDescription("id of the action") String id,

        @JsonPropertyDescription("objects of features, taken together")
        List<Map<String, Object>> features) {

    /** @param field path of this action in its request */
    Action toAction(String field) {
        return new Action(id, Features.together(field + ".features", features));
    }
}
