package io.leeway.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.Json;
import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.continuous.ContinuousLearner;
import io.leeway.core.bandit.continuous.ContinuousLearners;
import io.leeway.core.drift.Profile;
import io.leeway.core.features.Action;
import io.leeway.core.features.FeatureOptions;
import io.leeway.core.features.FeatureSpec;
import io.leeway.core.features.FeatureSpecLearner;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Export;
import io.leeway.core.model.Layout;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Provenance;
import io.leeway.core.model.Tensor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests of one size, and models that know their features. A function of its arguments. */
record Workload(int actions, int features) {
    private static final int REQUESTS = 64;
    private static final String[] WORDS = {"red", "blue", "long", "news", "art"};

    /** Reads {@code 10x10}. */
    static Workload of(String text) {
        String[] parts = text.split("x");
        if (parts.length != 2 || !parts[0].matches("[1-9][0-9]{0,3}") || !parts[1].matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException("must be as 10x10: size=" + text);
        }
        return new Workload(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    String name() {
        return actions + "x" + features;
    }

    /** Bodies, no two alike. */
    byte[][] bodies() {
        return bodies(REQUESTS);
    }

    byte[][] bodies(int count) {
        SplittableRandom random = new SplittableRandom(actions);
        byte[][] bodies = new byte[count][];
        for (int i = 0; i < count; i++) {
            bodies[i] = body(random).getBytes(UTF_8);
        }
        return bodies;
    }

    private String body(SplittableRandom random) {
        String context = String.format(
                Locale.ROOT,
                "{\"hour\":%d,\"device\":\"%s\",\"age\":%d,\"speed\":%.2f}",
                random.nextInt(24),
                WORDS[random.nextInt(5)],
                random.nextInt(80),
                random.nextDouble(9));
        String offered = IntStream.range(0, actions)
                .mapToObj(i -> "{\"id\":\"a" + i + "\",\"features\":" + features(random) + "}")
                .collect(Collectors.joining(",", "[", "]"));
        return "{\"context\":" + context + ",\"actions\":" + offered + "}";
    }

    /** Every fourth a category, the others numbers of two digits. */
    private String features(SplittableRandom random) {
        return IntStream.range(0, features)
                .mapToObj(j -> "\"f" + j + "\":"
                        + (j % 4 == 3
                                ? "\"" + WORDS[random.nextInt(5)] + "\""
                                : String.format(Locale.ROOT, "%.1f", random.nextDouble(9))))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** A linear model with every product of context and action, or a network of the default size; its weights are random. */
    Artifact model(String loop, boolean network, long seed) {
        FeatureSpecLearner learner = new FeatureSpecLearner();
        for (byte[] body : bodies()) {
            DecisionRequest request = Json.read(body, DecisionRequest.class);
            request.actions().forEach(action -> learner.observe(request.context(), action.features(), action.id()));
        }
        FeatureSpec spec = learner.learn(FeatureOptions.defaults().withInteractions(!network));
        SplittableRandom random = new SplittableRandom(seed);
        List<Tensor> tensors = new ArrayList<>();
        Layout layout = new Layout.LinearLayout();
        if (network) {
            List<Integer> hidden = List.of(64, 64);
            layout = new Layout.NetworkLayout(hidden, Layout.Activation.RELU, 0, 1);
            int in = spec.width();
            for (int layer = 0; layer <= hidden.size(); layer++) {
                int out = layer < hidden.size() ? hidden.get(layer) : 1;
                tensors.add(tensor("layer" + layer + ".weight", random, in, out));
                tensors.add(tensor("layer" + layer + ".bias", random, out));
                in = out;
            }
        } else {
            tensors.add(tensor("weight", random, 1, spec.width()));
            tensors.add(tensor("bias", random, 1));
        }
        return Artifact.of(description(loop, spec, layout), tensors);
    }

    /** What an online learner serves after some feedbacks whose rewards depend on context and action, and not linearly. */
    Artifact learned(String loop, String name, int feedbacks) {
        ContinuousLearner learner = ContinuousLearners.of(name, false);
        HashedEncoder encoder = new HashedEncoder();
        SplittableRandom random = new SplittableRandom(features);
        FeatureSpecLearner inputs = new FeatureSpecLearner();
        for (int i = 0; i < feedbacks; i++) {
            DecisionRequest request = Json.read(body(random).getBytes(UTF_8), DecisionRequest.class);
            List<Action> offered = request.actions().stream()
                    .map(action -> new Action(action.id(), action.features()))
                    .toList();
            int chosen = random.nextInt(actions);
            Action taken = offered.get(chosen);
            double reward = reward(request, chosen, random);
            learner.learn(encoder.encode(request.context(), offered), new Choice(chosen, 1.0 / actions), reward);
            inputs.observe(request.context(), taken.features(), taken.id());
        }
        Export export = learner.export();
        FeatureSpec spec = inputs.learn(FeatureOptions.defaults());
        return Artifact.of(description(loop, spec, export.layout()), export.tensors());
    }

    /** Depends on context and action, and not linearly. */
    static double reward(DecisionRequest request, int chosen, SplittableRandom random) {
        double age = ((Number) request.context().get("age")).doubleValue();
        double first = ((Number) request.actions().get(chosen).features().get("f0")).doubleValue();
        return Math.sin(age / 10 + first) + chosen / 10.0 + random.nextGaussian() / 4;
    }

    private static Tensor tensor(String name, SplittableRandom random, int... shape) {
        int size = 1;
        for (int dimension : shape) {
            size *= dimension;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-0.05, 0.05);
        }
        return Tensor.of(name, values, shape);
    }

    private static ModelDescription description(String loop, FeatureSpec spec, Layout layout) {
        Provenance provenance = new Provenance(
                new Provenance.Dataset("benchmark", 0, "", Map.of(), null, null),
                spec.sha256(),
                Map.of(),
                1,
                "unknown",
                Map.of(),
                new Provenance.Platform("", "", "", 1, "random"),
                Instant.EPOCH,
                new Provenance.Trigger("benchmark", "person"));
        return new ModelDescription(
                ModelDescription.FORMAT,
                loop,
                0,
                ModelDescription.BANDIT,
                layout instanceof Layout.LinearLayout
                        ? "linear"
                        : layout instanceof Layout.NetworkLayout ? "dl4j" : "auto",
                layout,
                List.of(),
                spec,
                Map.of(),
                provenance,
                Profile.EMPTY);
    }
}
