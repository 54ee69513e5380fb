package io.leeway.core.bandit.continuous;

import io.leeway.core.bandit.Choice;
import io.leeway.core.drift.Profile;
import io.leeway.core.features.Action;
import io.leeway.core.features.FeatureOptions;
import io.leeway.core.features.FeatureSpecLearner;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Export;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Provenance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Made-up feedback: numbers of any scale, words, flags, lists, what is missing; rewards between -2 and 3 that are not linear. */
final class ContinuousWorld {
    private final SplittableRandom random;
    private final boolean actionFeatures;
    private final HashedEncoder encoder = new HashedEncoder();

    ContinuousWorld(long seed, boolean actionFeatures) {
        this.random = new SplittableRandom(seed);
        this.actionFeatures = actionFeatures;
    }

    record Request(Map<String, Object> context, List<Action> actions) {}

    Request request() {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("age", 20 + random.nextInt(60));
        user.put("likes", List.of("a" + random.nextInt(4), "b" + random.nextInt(3)));
        user.put("a.b", random.nextInt(3));
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("hour", random.nextInt(24));
        context.put("time", 1.7e9 + random.nextInt(100_000));
        context.put("city", "c" + random.nextInt(5) + "ü");
        context.put("new", random.nextBoolean());
        if (random.nextInt(4) > 0) {
            context.put("load", random.nextGaussian());
        }
        context.put("_hidden", 3);
        context.put("user", user);
        context.put("words", List.of("x" + random.nextInt(3), "y", "y"));
        context.put("pair", List.of(random.nextDouble(), random.nextDouble()));
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            actions.add(
                    actionFeatures
                            ? new Action(
                                    "action" + i,
                                    Map.of("price", random.nextDouble() * 10, "kind", "k" + random.nextInt(3)))
                            : Action.of("action" + i));
        }
        return new Request(context, actions);
    }

    private double reward(Request request, int chosen) {
        double load = request.context().get("load") instanceof Double given ? given : 0;
        double price = request.actions().get(chosen).features().get("price") instanceof Double given ? given : 3;
        double hour = ((Number) request.context().get("hour")).doubleValue();
        return Math.max(
                -2, Math.min(3, (chosen == 1 ? load : Math.sin(hour / 4)) + price / 10 + random.nextGaussian() / 5));
    }

    void teach(ContinuousLearner learner, int feedbacks, boolean regression) {
        for (int i = 0; i < feedbacks; i++) {
            Request request = request();
            int chosen = random.nextInt(4);
            double reward = reward(request, regression ? 1 : chosen);
            List<Action> actions = regression ? List.of(Action.of("value")) : request.actions();
            learner.learn(
                    encoder.encode(request.context(), actions),
                    regression ? new Choice(0, 1) : new Choice(chosen, 0.25),
                    reward);
        }
    }

    /** As it is published and read. */
    static Artifact artifact(Export export, boolean regression) {
        FeatureSpecLearner features = new FeatureSpecLearner();
        features.observe(Map.of("hour", 1), null, null);
        ModelDescription description = new ModelDescription(
                ModelDescription.FORMAT,
                "world",
                7,
                regression ? ModelDescription.REGRESSION : ModelDescription.BANDIT,
                "auto",
                export.layout(),
                regression ? List.of() : List.of("action0", "action1", "action2", "action3"),
                features.learn(FeatureOptions.defaults()),
                Map.of(),
                new Provenance(
                        new Provenance.Dataset("none", 0, "", Map.of(), null, null),
                        "",
                        Map.of(),
                        1,
                        "unknown",
                        Map.of(),
                        new Provenance.Platform("", "", "", 1, "java"),
                        Instant.EPOCH,
                        new Provenance.Trigger("none", "person")),
                Profile.EMPTY);
        return Artifact.read(Artifact.of(description, export.tensors()).toBytes());
    }
}
