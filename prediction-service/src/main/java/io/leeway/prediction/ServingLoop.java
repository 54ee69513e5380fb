package io.leeway.prediction;

import io.leeway.contracts.ExplorationSettings;
import io.leeway.contracts.Freeze;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.RewardRange;
import io.leeway.contracts.ServingMode;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Exploration;
import io.leeway.core.bandit.Policy;
import io.leeway.core.bandit.Uniform;
import io.leeway.core.features.Action;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A loop as it serves at one moment: its settings, its models, and the policy that they make. Immutable; every decision is made
 * from one such object, captured once, so that settings, probabilities and model version cannot be of different moments.
 */
public final class ServingLoop {
    private static final Object NOTHING = new Object();

    private final Loop loop;
    private final Map<ModelRole, ServingModel> models;
    private final Optional<ServingModel> answering;
    private final ServingPolicy policy;
    private final List<ServingComponent> components;
    private final double[] weights;
    private final List<ServingComponent> shadows;
    private final List<Action> ownActions;
    private volatile Object plain;

    private ServingLoop(Loop loop, Map<ModelRole, ServingModel> models) {
        this.loop = loop;
        this.models = models;
        this.answering = answering(loop.freeze(), models);
        this.policy = policy(loop, answering);
        this.components = components(loop, models, policy);
        this.weights = components.stream().mapToDouble(ServingComponent::weight).toArray();
        this.shadows = shadows(loop, models, answering, policy);
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

    /** The same with neither challenger nor shadow. */
    ServingLoop withoutTrials() {
        EnumMap<ModelRole, ServingModel> others = new EnumMap<>(ModelRole.class);
        others.putAll(models);
        others.remove(ModelRole.CHALLENGER);
        others.remove(ModelRole.SHADOW);
        return new ServingLoop(loop, Collections.unmodifiableMap(others));
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

    /** The policies that decide: one, or champion and challenger by the canary's share; their weights sum to 1. */
    public List<ServingComponent> components() {
        return components;
    }

    /** Which of the components a decision gets. */
    public int drawComponent(String eventId) {
        return components.size() == 1 ? 0 : DrawnFill.drawComponent(loop.salt(), eventId, weights);
    }

    /** The distribution that the components make together, each by its weight. */
    public Distribution mix(Distribution... parts) {
        return Distribution.mixed(weights, parts);
    }

    /** The policies that are asked beside, and never served. */
    public List<ServingComponent> shadows() {
        return shadows;
    }

    ServingMode mode() {
        return loop.settings().serving().mode();
    }

    /** What somebody has made of this loop as it serves, made once; may be null. */
    public Object plain(Function<ServingLoop, Object> make) {
        Object made = plain;
        if (made == null) {
            Object fresh = make.apply(this);
            made = fresh == null ? NOTHING : fresh;
            plain = made;
        }
        return made == NOTHING ? null : made;
    }

    /** Whether that has been asked for: of a loop that is in use. */
    boolean hasPlain() {
        return plain != null;
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

    /** A loop that is held still has no canary. */
    private static List<ServingComponent> components(
            Loop loop, Map<ModelRole, ServingModel> models, ServingPolicy champion) {
        ServingModel challenger = models.get(ModelRole.CHALLENGER);
        double share = challenger == null ? 0 : loop.canaryShare(challenger.version());
        String word = ModelRole.CHAMPION.word();
        if (share == 0 || loop.freeze() != null) {
            return List.of(new ServingComponent(word, 1, champion));
        }
        return List.of(
                new ServingComponent(word, 1 - share, champion),
                new ServingComponent(ModelRole.CHALLENGER.word(), share, policy(loop, Optional.of(challenger))));
    }

    /** An apprentice is compared with the baseline in every decision: there the champion itself is asked beside. */
    private static List<ServingComponent> shadows(
            Loop loop, Map<ModelRole, ServingModel> models, Optional<ServingModel> answering, ServingPolicy policy) {
        List<ServingComponent> shadows = new ArrayList<>();
        if (loop.settings().serving().mode() == ServingMode.APPRENTICE && answering.isPresent()) {
            shadows.add(new ServingComponent(ModelRole.CHAMPION.word(), 0, policy));
        }
        ServingModel shadow = models.get(ModelRole.SHADOW);
        if (shadow != null) {
            shadows.add(new ServingComponent(ModelRole.SHADOW.word(), 0, policy(loop, Optional.of(shadow))));
        }
        return List.copyOf(shadows);
    }

    private static ServingPolicy policy(Loop loop, Optional<ServingModel> answering) {
        long version = answering.map(ServingModel::version).orElse(0L);
        String checkpoint = answering.map(ServingModel::checkpoint).orElse(null);
        if (loop.kind() == LoopKind.REGRESSION) {
            Policy predicts = new Policy(answering.map(ServingModel::scorer).orElse(null), new Uniform(), 0);
            return new ServingPolicy(ServingPolicy.NONE, version, checkpoint, predicts);
        }
        if (answering.isEmpty()) {
            return new ServingPolicy(ServingPolicy.UNIFORM, 0, Policy.uniform());
        }
        ExplorationSettings settings = loop.settings().exploration();
        return new ServingPolicy(
                settings.rule(),
                version,
                checkpoint,
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
