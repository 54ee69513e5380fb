package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

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
        double draw) {

    /** Name of the slot of a decision that has only one. */
    public static final String MAIN = "main";

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
    }

    /** The entry of the chosen action. */
    public ActionProbability chosen() {
        return probabilities.stream()
                .filter(entry -> entry.action().equals(action))
                .findFirst()
                .orElseThrow(() -> new ContractViolation("action", "must be among the probabilities", action));
    }
}
