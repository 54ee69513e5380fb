package io.leeway.core.model;

import io.leeway.core.drift.Profile;
import io.leeway.core.drift.ProfileLearner;
import io.leeway.core.features.FeatureSpec;
import io.leeway.core.features.Input;
import io.leeway.core.model.Layout.Activation;
import io.leeway.core.model.Layout.LinearLayout;
import io.leeway.core.model.Layout.NetworkLayout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small models with random weights. */
final class Models {
    static final List<Input> CONTEXT = List.of(
            Input.number("age", 40, 12, true),
            Input.category("city", List.of("Rome", "Oslo"), false),
            Input.flag("member", false));
    static final List<Input> ACTION = List.of(
            Input.category(FeatureSpec.ACTION_ID, List.of("a", "b", "c"), false), Input.number("price", 5, 2, true));

    private Models() {}

    static Artifact network(Random random, boolean heads, boolean interactions, Activation activation) {
        NetworkLayout layout =
                new NetworkLayout(List.of(1 + random.nextInt(9), 1 + random.nextInt(9)), activation, 2.5, 1.75);
        return artifact(random, layout, heads, interactions);
    }

    static Artifact members(Random random, boolean heads, int members) {
        return artifact(random, new NetworkLayout(List.of(6, 4), Activation.RELU, 2.5, 1.75, members), heads, false);
    }

    /** One member of a network of several, alone. */
    static Artifact member(Artifact artifact, int member) {
        ModelDescription d = artifact.description();
        NetworkLayout all = (NetworkLayout) d.layout();
        int last = all.hidden().size();
        int in = all.hidden().get(last - 1);
        int outputs = d.outputs();
        float[] weights = artifact.tensor("layer" + last + ".weight").data().toArray();
        float[] biases = artifact.tensor("layer" + last + ".bias").data().toArray();
        float[] ownWeights = new float[in * outputs];
        float[] ownBiases = new float[outputs];
        for (int output = 0; output < outputs; output++) {
            int from = member * outputs + output;
            ownBiases[output] = biases[from];
            for (int i = 0; i < in; i++) {
                ownWeights[i * outputs + output] = weights[i * outputs * all.members() + from];
            }
        }
        List<Tensor> tensors = new ArrayList<>();
        for (int layer = 0; layer < last; layer++) {
            tensors.add(artifact.tensor("layer" + layer + ".weight"));
            tensors.add(artifact.tensor("layer" + layer + ".bias"));
        }
        tensors.add(Tensor.of("layer" + last + ".weight", ownWeights, in, outputs));
        tensors.add(Tensor.of("layer" + last + ".bias", ownBiases, outputs));
        NetworkLayout one =
                new NetworkLayout(all.hidden(), all.activation(), all.targetMean(), all.targetStandardDeviation());
        return Artifact.of(description(one, d.loopKind(), d.heads(), d.features()), tensors);
    }

    /** One output of a regression's network, alone. */
    static Artifact output(Artifact artifact, int output) {
        ModelDescription d = artifact.description();
        NetworkLayout all = (NetworkLayout) d.layout();
        int last = all.hidden().size();
        Tensor weight = artifact.tensor("layer" + last + ".weight");
        int outputs = weight.shape().get(1);
        float[] own = new float[weight.shape().get(0)];
        for (int i = 0; i < own.length; i++) {
            own[i] = weight.data().get(i * outputs + output);
        }
        List<Tensor> tensors = new ArrayList<>();
        for (int layer = 0; layer < last; layer++) {
            tensors.add(artifact.tensor("layer" + layer + ".weight"));
            tensors.add(artifact.tensor("layer" + layer + ".bias"));
        }
        tensors.add(Tensor.of("layer" + last + ".weight", own, own.length, 1));
        tensors.add(Tensor.of(
                "layer" + last + ".bias",
                new float[] {artifact.tensor("layer" + last + ".bias").data().get(output)},
                1));
        NetworkLayout one =
                new NetworkLayout(all.hidden(), all.activation(), all.targetMean(), all.targetStandardDeviation());
        return Artifact.of(description(one, d.loopKind(), d.heads(), d.features()), tensors);
    }

    static Artifact withDefaults(Artifact artifact, Map<String, Object> policyDefaults) {
        ModelDescription d = artifact.description();
        return Artifact.of(
                new ModelDescription(
                        d.format(),
                        d.loop(),
                        d.version(),
                        d.loopKind(),
                        d.learner(),
                        d.layout(),
                        d.heads(),
                        d.features(),
                        policyDefaults,
                        d.provenance(),
                        d.profile()),
                artifact.tensors());
    }

    static Artifact linear(Random random, boolean heads, boolean interactions) {
        return artifact(random, new LinearLayout(), heads, interactions);
    }

    static Artifact regression(Random random, Layout layout) {
        FeatureSpec spec = new FeatureSpec(CONTEXT, List.of(), false);
        return of(random, description(layout, "regression", List.of(), spec));
    }

    private static Artifact artifact(Random random, Layout layout, boolean heads, boolean interactions) {
        FeatureSpec spec = new FeatureSpec(CONTEXT, heads ? List.of() : ACTION, interactions);
        return of(random, description(layout, "bandit", heads ? List.of("a", "b", "c") : List.of(), spec));
    }

    static ModelDescription description(Layout layout, String kind, List<String> heads, FeatureSpec spec) {
        return new ModelDescription(
                1, "films", 3, kind, "dl4j", layout, heads, spec, Map.of("floor", 0.05), provenance(spec), profile());
    }

    private static Artifact of(Random random, ModelDescription description) {
        List<Tensor> tensors = new ArrayList<>();
        int width = description.features().width();
        if (description.layout() instanceof NetworkLayout network) {
            List<Integer> widths = new ArrayList<>(network.hidden());
            widths.add(description.outputs() * network.members()
                    + network.quantiles().size());
            for (int layer = 0; layer < widths.size(); layer++) {
                int out = widths.get(layer);
                tensors.add(Tensor.of("layer" + layer + ".weight", floats(random, width * out), width, out));
                tensors.add(Tensor.of("layer" + layer + ".bias", floats(random, out), out));
                width = out;
            }
        } else {
            int outputs = description.outputs();
            tensors.add(Tensor.of("weight", floats(random, outputs * width), outputs, width));
            tensors.add(Tensor.of("bias", floats(random, outputs), outputs));
        }
        return Artifact.of(description, tensors);
    }

    static Provenance provenance(FeatureSpec spec) {
        return new Provenance(
                new Provenance.Dataset(
                        "feedback-1",
                        1000,
                        "ab".repeat(32),
                        Map.of("leeway.feedback.v1-0", 17L, "leeway.feedback.v1-1", 40L),
                        Instant.parse("2026-01-01T00:00:00Z"),
                        null),
                spec.sha256(),
                Map.of("epochs", 5L, "learningRate", 0.001, "hidden", List.of(64L, 32L)),
                42,
                "unknown",
                Map.of("deeplearning4j", "1.0.0-M2.1"),
                new Provenance.Platform("17.0.15", "Linux", "x86_64", 1, "nd4j-native"),
                Instant.parse("2026-01-02T03:04:05.678Z"),
                new Provenance.Trigger("request-1", "drift"));
    }

    static Profile profile() {
        ProfileLearner learner = new ProfileLearner();
        for (int i = 0; i < 50; i++) {
            learner.observe(
                    "event-" + i, Map.of("age", 20 + i, "city", i % 3 == 0 ? "Rome" : "Oslo", "member", i % 2 == 0));
            learner.observePrediction("event-" + i, i * 0.1);
            learner.observeReward("event-" + i, i % 5);
            learner.observeAction(i % 4 == 0 ? "a" : "b");
        }
        return learner.profile();
    }

    private static float[] floats(Random random, int count) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) random.nextGaussian();
        }
        return floats;
    }
}
