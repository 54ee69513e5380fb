package io.leeway.prediction;

import io.leeway.contracts.Component;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.FeatureEffect;
import io.leeway.contracts.Loop;
import io.leeway.contracts.PredictionInterval;
import io.leeway.core.model.Forecast;
import io.leeway.core.model.Scorer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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
        List<ServingComponent> components = serving.components();
        boolean mixed = components.size() > 1;
        int drawn = mixed ? DrawnFill.drawComponent(loop.salt(), eventId, weights(components)) : 0;
        ServingPolicy policy = components.get(drawn).policy();
        Forecast forecast = forecast(policy, request.context());
        return Decision.builder(loop.name(), eventId, loop.kind(), request.time() == null ? now : request.time())
                .loopRevision(loop.revision())
                .context(request.context())
                .prediction(forecast == null ? null : forecast.value())
                .modelVersion(policy.modelVersion())
                .checkpoint(policy.checkpoint())
                .policy(policy.word())
                .components(mixed ? logged(components, request.context()) : null)
                .drawnComponent(mixed ? drawn : null)
                .shadows(logged(serving.shadows(), request.context()))
                .deferred(request.deferred())
                .episode(request.episode())
                .explanation(explanation(policy, request))
                .interval(interval(forecast))
                .other(request.other())
                .build();
    }

    private static double[] weights(List<ServingComponent> components) {
        return components.stream().mapToDouble(ServingComponent::weight).toArray();
    }

    private static Double predict(ServingPolicy policy, Map<String, Object> context) {
        Scorer scorer = policy.policy().scorer();
        return scorer == null ? null : scorer.predict(context);
    }

    private static Forecast forecast(ServingPolicy policy, Map<String, Object> context) {
        Scorer scorer = policy.policy().scorer();
        return scorer == null ? null : scorer.forecast(context);
    }

    private static PredictionInterval interval(Forecast forecast) {
        return forecast == null
                ? null
                : forecast.interval()
                        .map(bounds -> new PredictionInterval(bounds.level(), bounds.lower(), bounds.upper()))
                        .orElse(null);
    }

    private static List<FeatureEffect> explanation(ServingPolicy policy, DecisionRequest request) {
        Scorer scorer = policy.policy().scorer();
        return !request.explain() || scorer == null ? null : Explain.prediction(scorer, request.context());
    }

    private static List<Component> logged(List<ServingComponent> components, Map<String, Object> context) {
        return components.stream()
                .map(component -> new Component(
                        component.role(),
                        component.policy().modelVersion(),
                        component.policy().word(),
                        component.weight(),
                        null,
                        predict(component.policy(), context)))
                .toList();
    }
}
