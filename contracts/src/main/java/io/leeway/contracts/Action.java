package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One thing that can be chosen. */
public record Action(
        @JsonPropertyDescription("stable id, 1 to 200 characters, unique among the actions of a decision")
        String id,

        @JsonPropertyDescription(
                "features of the action itself, any JSON object; keys that begin with _ are not features")
        Map<String, Object> features) {

    public Action {
        Check.id("id", id);
        features = Check.copy(features);
    }

    public static Action of(String id) {
        return new Action(id, null);
    }

    /** @throws ContractViolation naming the first id that stands twice */
    static List<Action> distinct(String field, List<Action> actions) {
        List<Action> copy = Check.copy(field, actions);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < copy.size(); i++) {
            if (!seen.add(copy.get(i).id())) {
                throw new ContractViolation(
                        field + "[" + i + "].id", "must be unique", copy.get(i).id());
            }
        }
        return copy;
    }
}
