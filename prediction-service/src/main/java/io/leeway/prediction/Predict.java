package io.leeway.prediction;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.Loop;
import java.time.Instant;

/** Predicts a number: a pure function of a loop as it serves, a request, an event id and the time. */
final class Predict {
    private Predict() {}

    /** Without a model the prediction is absent; it is logged all the same, because its observed value trains the first model. */
    static Decision predict(ServingLoop serving, DecisionRequest request, String eventId, Instant now) {
        if (request.actions() != null
                || !request.excluded().isEmpty()
                || !request.slots().isEmpty()) {
            throw new ContractViolation("actions", "must be absent in a regression loop", request.actions());
        }
        Loop loop = serving.loop();
        Double prediction = serving.answering()
                .map(model -> model.scorer().predict(request.context()))
                .orElse(null);
        return new Decision(
                loop.name(),
                eventId,
                loop.revision(),
                loop.kind(),
                request.time() == null ? now : request.time(),
                request.context(),
                null,
                null,
                null,
                prediction,
                serving.policy().modelVersion(),
                serving.policy().word(),
                null,
                null,
                null,
                request.deferred(),
                request.episode(),
                request.other());
    }
}
