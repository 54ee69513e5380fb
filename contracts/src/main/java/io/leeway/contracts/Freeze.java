package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/** A loop held still by an operator: one pinned action, or one pinned model version. */
public record Freeze(
        @JsonPropertyDescription("serve this action whenever it is eligible; not together with modelVersion")
        String action,

        @JsonPropertyDescription("serve this model version, >= 0 (0: no model, uniform); not together with action")
        Long modelVersion,

        @JsonPropertyDescription("why, in words") String reason,
        @JsonPropertyDescription("since when, ISO 8601") Instant since) {

    public Freeze {
        if ((action == null) == (modelVersion == null)) {
            throw new ContractViolation("action", "exactly one of action and modelVersion must be given", action);
        }
        if (action != null) {
            Check.id("action", action);
        } else {
            Check.atLeast("modelVersion", modelVersion, 0);
        }
    }
}
