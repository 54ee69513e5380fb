package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;

/** One place to fill in a decision of several slots. */
public record SlotRequest(
        @JsonPropertyDescription("name of the slot, unique in the decision")
        String name,

        @JsonPropertyDescription("features of the slot, any JSON object")
        Map<String, Object> features,

        @JsonPropertyDescription("ids of actions that may not be chosen here")
        List<String> excluded,

        @JsonPropertyDescription(
                "id of the action that the caller would put here itself; the first eligible one when absent")
        String baseline) {

    public SlotRequest {
        Check.id("name", name);
        features = Check.copy(features);
        excluded = Check.copy("excluded", excluded);
        if (baseline != null) {
            Check.id("baseline", baseline);
        }
    }

    public SlotRequest(String name, Map<String, Object> features, List<String> excluded) {
        this(name, features, excluded, null);
    }
}
