package io.leeway.prediction;

import io.leeway.contracts.Action;
import io.leeway.contracts.DecisionRequest;
import java.util.List;
import java.util.Map;

/** Decision requests for tests. */
public final class Requests {
    private Requests() {}

    public static DecisionRequest of(String eventId, Map<String, Object> context) {
        return of(eventId, context, null, List.of());
    }

    public static DecisionRequest of(
            String eventId, Map<String, Object> context, List<Action> actions, List<String> excluded) {
        return new DecisionRequest(null, eventId, null, context, actions, excluded, null, null, null, null);
    }
}
