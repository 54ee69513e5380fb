package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was decided for one slot. */
public record SlotDecision(
        @JsonPropertyDescription("name of the slot; main where there is only one")
        String name,

        @JsonPropertyDescription("every eligible action with its probability, in the order of the request")
        List<ActionProbability> probabilities,

        @JsonPropertyDescription("id of the chosen action") String action,

        @JsonPropertyDescription("probability of the chosen action, in (0, 1]")
        double probability,

        @JsonPropertyDescription(
                "the random number that chose, in [0, 1), a function of salt, event id, slot and purpose")
        double draw,

        @JsonPropertyDescription("features of the slot, known beside the context")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Map<String, Object> features,

        @JsonPropertyDescription(
                "ids of offered actions that were not eligible in this slot alone, without those of earlier slots")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> excluded,

        @JsonPropertyDescription("id of the action that the caller would have taken itself; absent if it did not say")
        String baseline) {

    /** Name of the slot of a decision that has only one. */
    public static final String MAIN = "main";
    /** Key under which a slot's own features stand beside the context. */
    public static final String SLOT = "slot";

    public SlotDecision {
        Check.id("name", name);
        probabilities = Check.copy("probabilities", probabilities);
        Check.id("action", action);
        if (!(probability > 0 && probability <= 1)) {
            throw new ContractViolation("probability", "must be in (0, 1]", probability);
        }
        if (!(draw >= 0 && draw < 1)) {
            throw new ContractViolation("draw", "must be in [0, 1)", draw);
        }
        features = Check.copy(features);
        excluded = Check.copy("excluded", excluded);
        if (baseline != null) {
            Check.id("baseline", baseline);
        }
    }

    /** A slot without anything of its own. */
    public SlotDecision(
            String name, List<ActionProbability> probabilities, String action, double probability, double draw) {
        this(name, probabilities, action, probability, draw, null, null, null);
    }

    /**
     * What was known when this slot was decided: the context, and the slot's own features under {@code slot}. Serving and training
     * both encode this.
     */
    public Map<String, Object> contextOf(Map<String, Object> context) {
        return contextOf(context, features);
    }

    /** What is known when a slot of these features is decided. */
    public static Map<String, Object> contextOf(Map<String, Object> context, Map<String, Object> slotFeatures) {
        if (slotFeatures.isEmpty()) {
            return context;
        }
        Map<String, Object> both = new LinkedHashMap<>(context);
        both.put(SLOT, slotFeatures);
        return both;
    }

    /** The entry of the chosen action. */
    public ActionProbability chosen() {
        return probabilities.stream()
                .filter(entry -> entry.action().equals(action))
                .findFirst()
                .orElseThrow(() -> new ContractViolation("action", "must be among the probabilities", action));
    }
}
