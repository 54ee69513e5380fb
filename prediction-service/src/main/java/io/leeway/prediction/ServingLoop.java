package io.leeway.prediction;

import io.leeway.contracts.ExplorationSettings;
import io.leeway.contracts.Freeze;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.RewardRange;
import io.leeway.core.bandit.Exploration;
import io.leeway.core.bandit.Policy;
import io.leeway.core.features.Action;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A loop as it serves at one moment: its settings, its models, and the policy that they make. Immutable; every decision is made
 * from one such object, captured once, so that settings, probabilities and model version cannot be of different moments.
 */
public final class ServingLoop {
    private final Loop loop;
    private final Map<ModelRole, ServingModel> models;
    private final Optional<ServingModel> answering;
    private final ServingPolicy policy;
    private final List<Action> ownActions;

    private ServingLoop(Loop loop, Map<ModelRole, ServingModel> models) {
        this.loop = loop;
        this.models = models;
        this.answering = answering(loop.freeze(), models);
        this.policy = policy(loop, answering);
        this.ownActions = Actions.toCore(loop.settings().actions());
    }

    /** Models that do not fit the loop's kind are left out. */
    static ServingLoop of(Loop loop, Map<ModelRole, ServingModel> models) {
        EnumMap<ModelRole, ServingModel> fitting = new EnumMap<>(ModelRole.class);
        models.forEach((role, model) -> {
            if (model.fits(loop.kind())) {
                fitting.put(role, model);
            }
        });
        return new ServingLoop(loop, Collections.unmodifiableMap(fitting));
    }

    public Loop loop() {
        return loop;
    }

    public Map<ModelRole, ServingModel> models() {
        return models;
    }

    /** The model that answers now: the champion, unless a freeze names another. */
    public Optional<ServingModel> answering() {
        return answering;
    }

    public ServingPolicy policy() {
        return policy;
    }

    /** The loop's own actions as the policy wants them, made once. */
    List<Action> ownActions() {
        return ownActions;
    }

    /** The action that an operator has pinned. */
    Optional<String> pinnedAction() {
        return Optional.ofNullable(loop.freeze()).map(Freeze::action);
    }

    /** A pinned version that has not arrived yet leaves the champion serving: the log says which version it was. */
    private static Optional<ServingModel> answering(Freeze freeze, Map<ModelRole, ServingModel> models) {
        Optional<ServingModel> champion = Optional.ofNullable(models.get(ModelRole.CHAMPION));
        if (freeze == null || freeze.modelVersion() == null) {
            return champion;
        }
        long wanted = freeze.modelVersion();
        if (wanted == 0) {
            return Optional.empty();
        }
        return models.values().stream()
                .filter(model -> model.version() == wanted)
                .findFirst()
                .or(() -> champion);
    }

    private static ServingPolicy policy(Loop loop, Optional<ServingModel> answering) {
        long version = answering.map(ServingModel::version).orElse(0L);
        if (loop.kind() == LoopKind.REGRESSION) {
            return new ServingPolicy(ServingPolicy.NONE, version, Policy.uniform());
        }
        if (answering.isEmpty()) {
            return new ServingPolicy(ServingPolicy.UNIFORM, 0, Policy.uniform());
        }
        ExplorationSettings settings = loop.settings().exploration();
        return new ServingPolicy(
                settings.rule(),
                version,
                new Policy(
                        answering.get().scorer(),
                        exploration(settings, loop.settings().reward().range()),
                        settings.floor()));
    }

    private static Exploration exploration(ExplorationSettings settings, RewardRange range) {
        Map<String, Double> parameters = new TreeMap<>(settings.parameters());
        if (settings.rule().equals("squareCb")) {
            // Gamma is set per unit of the reward range, so that it means the same for cents and for stars.
            parameters.put("scale", Math.min(range.max() - range.min(), Double.MAX_VALUE));
        }
        return Exploration.of(settings.rule(), parameters);
    }
}
