package io.leeway.prediction.http.personalizer;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.Reward;
import java.util.List;

/** How an event turned out. */
public record RewardRequest(
        @JsonPropertyDescription("a finite number in the loop's reward range")
        Double value) {

    List<Reward> toRewards(String eventId) {
        return List.of(new Reward(null, eventId, value, null, null, null, null, null));
    }
}
