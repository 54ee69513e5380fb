package io.leeway.prediction;

import io.leeway.contracts.ModelRole;
import io.leeway.core.drift.Profile;
import io.leeway.core.features.FeatureSpec;
import io.leeway.core.features.Input;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Export;
import io.leeway.core.model.Layout;
import io.leeway.core.model.Layout.Activation;
import io.leeway.core.model.Layout.LinearLayout;
import io.leeway.core.model.Layout.NetworkLayout;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.PredictionInterval;
import io.leeway.core.model.Provenance;
import io.leeway.core.model.Scorers;
import io.leeway.core.model.Tensor;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Small models for tests: one number x, and an output for each action. */
public final class TestModels {
    private static final FeatureSpec X = new FeatureSpec(List.of(Input.number("x", 0, 1, false)), List.of(), false);

    private TestModels() {}

    /** score(action) = bias(action) + weight(action) * x. */
    public static Artifact linear(String loop, List<String> heads, float[] weights, float[] biases) {
        return Artifact.of(
                description(loop, ModelDescription.BANDIT, new LinearLayout(), heads),
                List.of(Tensor.of("weight", weights, heads.size(), 1), Tensor.of("bias", biases, heads.size())));
    }

    /** An action that scores 1 where all others score 0. */
    public static Artifact preferring(String loop, String preferred, String... actions) {
        float[] biases = new float[actions.length];
        biases[Arrays.asList(actions).indexOf(preferred)] = 1;
        return linear(loop, List.of(actions), new float[actions.length], biases);
    }

    public static Artifact random(String loop, RandomGenerator random, String... actions) {
        float[] weights = new float[actions.length];
        float[] biases = new float[actions.length];
        for (int i = 0; i < actions.length; i++) {
            weights[i] = (float) random.nextGaussian();
            biases[i] = (float) random.nextGaussian();
        }
        return linear(loop, List.of(actions), weights, biases);
    }

    /** prediction = bias + weight * x. */
    public static Artifact regression(String loop, float weight, float bias) {
        return Artifact.of(
                description(loop, ModelDescription.REGRESSION, new LinearLayout(), List.of()),
                List.of(Tensor.of("weight", new float[] {weight}, 1, 1), Tensor.of("bias", new float[] {bias}, 1)));
    }

    /** The same with intervals of 80 %: from 1 below to 2 above a prediction below 10, from 3 below to 4 above others. */
    public static Artifact regressionWithIntervals(String loop, float weight, float bias) {
        PredictionInterval interval =
                new PredictionInterval(0.8, List.of(10.0), List.of(-1.0, -3.0), List.of(2.0, 4.0));
        Artifact plain = regression(loop, weight, bias);
        ModelDescription d = plain.description();
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
                        Map.of(PredictionInterval.NAME, interval.toJson()),
                        d.provenance(),
                        d.profile()),
                plain.tensors());
    }

    /** A network of one hidden layer whose weights are all the same. */
    public static Artifact network(String loop, float weight, String... actions) {
        int hidden = 4;
        float[] first = new float[hidden];
        float[] second = new float[hidden * actions.length];
        Arrays.fill(first, weight);
        Arrays.fill(second, weight);
        Layout layout = new NetworkLayout(List.of(hidden), Activation.RELU, 0, 1);
        return Artifact.of(
                description(loop, ModelDescription.BANDIT, layout, List.of(actions)),
                List.of(
                        Tensor.of("layer0.weight", first, 1, hidden),
                        Tensor.of("layer0.bias", new float[hidden], hidden),
                        Tensor.of("layer1.weight", second, hidden, actions.length),
                        Tensor.of("layer1.bias", new float[actions.length], actions.length)));
    }

    /** What an online learner has learned. */
    public static Artifact learned(String loop, String learner, Export export) {
        ModelDescription any = description(loop, ModelDescription.BANDIT, export.layout(), List.of("a"));
        return Artifact.of(
                new ModelDescription(
                        any.format(),
                        loop,
                        0,
                        any.loopKind(),
                        learner,
                        export.layout(),
                        List.of("a"),
                        any.features(),
                        any.policyDefaults(),
                        any.provenance(),
                        any.profile()),
                export.tensors());
    }

    public static PublishedModel published(Artifact artifact, long version) {
        byte[] bytes = artifact.toBytes();
        return new PublishedModel(
                "test-" + version,
                artifact.description().loop(),
                ModelRole.CHAMPION,
                version,
                Artifact.sha256(bytes),
                bytes);
    }

    public static ServingModel serving(Artifact artifact, ModelRole role, long version) {
        return new ServingModel(
                role,
                version,
                artifact.sha256(),
                artifact.description().learner(),
                artifact.description().loopKind(),
                artifact.toBytes().length,
                TestLoops.NOW,
                artifact.description().features(),
                Scorers.of(artifact));
    }

    private static ModelDescription description(String loop, String loopKind, Layout layout, List<String> heads) {
        Provenance provenance = new Provenance(
                new Provenance.Dataset("test", 0, "", Map.of(), null, null),
                X.sha256(),
                Map.of(),
                1,
                "unknown",
                Map.of(),
                new Provenance.Platform("", "", "", 1, "test"),
                Instant.EPOCH,
                new Provenance.Trigger("test", "person"));
        return new ModelDescription(
                ModelDescription.FORMAT,
                loop,
                0,
                loopKind,
                layout instanceof LinearLayout ? "linear" : "dl4j",
                layout,
                heads,
                X,
                Map.of(),
                provenance,
                Profile.EMPTY);
    }
}
