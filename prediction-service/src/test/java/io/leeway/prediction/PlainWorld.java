package io.leeway.prediction;

import io.leeway.contracts.ModelRole;
import io.leeway.core.features.FeatureOptions;
import io.leeway.core.features.FeatureSpec;
import io.leeway.core.features.FeatureSpecLearner;
import io.leeway.core.json.Json;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Layout;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Tensor;
import io.leeway.kit.EventIds;
import io.leeway.kit.LoopDirectory;
import io.leeway.prediction.journal.Journal;
import io.leeway.prediction.journal.JournaledLog;
import io.leeway.prediction.journal.Shipments;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The service's parts around a real journal, without Kafka. */
public final class PlainWorld {
    public final PredictionConfig config = ConfigForTests.defaults();
    public final Clock clock = Clock.fixed(TestLoops.NOW, ZoneOffset.UTC);
    public final LoopDirectory loops = new LoopDirectory();
    public final ServingModels models = new ServingModels(loops);
    public final RememberedDecisions remembered = new RememberedDecisions(config);
    public final DecisionMeters meters = new DecisionMeters(new SimpleMeterRegistry());
    public final EventIds eventIds = new EventIds(clock, new SplittableRandom(1));
    public final JournaledLog log;
    public final Decide decide;

    public PlainWorld(Journal journal) {
        log = new JournaledLog(journal, new Shipments(), loops, eventIds, clock, config);
        decide = new Decide(models, remembered, log, new Confirmations(config), meters, eventIds, clock, config);
    }

    public static final long CHALLENGER_VERSION = 4;

    public static ServingModel model(String loop, String kind) {
        return model(loop, kind, ModelRole.CHAMPION, 3);
    }

    /** A model with random weights over the inputs of the random requests. */
    public static ServingModel model(String loop, String kind, ModelRole role, long version) {
        SplittableRandom random = new SplittableRandom(kind.hashCode());
        boolean heads = kind.equals("HEADS");
        FeatureSpec spec = spec(heads, kind.equals("INTERACTING"));
        List<String> ids = heads ? List.of("a", "b", "action-0", "action-3") : List.of();
        int outputs = Math.max(1, ids.size());
        int width = spec.width();
        List<Tensor> tensors = new ArrayList<>();
        Layout layout = new Layout.LinearLayout();
        if (kind.equals("NETWORK")) {
            layout = new Layout.NetworkLayout(List.of(8, 5), Layout.Activation.TANH, 0.5, 2);
            tensors.add(tensor("layer0.weight", random, width, 8));
            tensors.add(tensor("layer0.bias", random, 8));
            tensors.add(tensor("layer1.weight", random, 8, 5));
            tensors.add(tensor("layer1.bias", random, 5));
            tensors.add(tensor("layer2.weight", random, 5, outputs));
            tensors.add(tensor("layer2.bias", random, outputs));
        } else {
            tensors.add(tensor("weight", random, outputs, width));
            tensors.add(tensor("bias", random, outputs));
        }
        ModelDescription any = TestModels.preferring(loop, "a", "a").description();
        Artifact artifact = Artifact.of(
                new ModelDescription(
                        any.format(),
                        loop,
                        0,
                        any.loopKind(),
                        any.learner(),
                        layout,
                        ids,
                        spec,
                        Map.of(),
                        any.provenance(),
                        any.profile()),
                tensors);
        ServingModel model = TestModels.serving(artifact, role, version);
        return role == ModelRole.CHAMPION
                ? model
                : model.withScorer(
                        WatchedScorer.of(model.scorer(), Duration.ofSeconds(10), reason -> {}, System::nanoTime));
    }

    private static FeatureSpec spec(boolean heads, boolean interactions) {
        FeatureSpecLearner learner = new FeatureSpecLearner();
        for (String row : List.of(
                "{\"age\":1,\"country\":\"NO\",\"hour\":2.5,\"tags\":[\"x\",\"y\"],\"user\":{\"age\":\"43\",\"flag\":true,\"deep\":[1,{\"age\":3}]}}",
                "{\"age\":7,\"country\":\"SE\",\"flag\":false,\"deep\":[2],\"user\":{\"age\":\"-7\",\"country\":\"Ærø\"}}",
                "{\"age\":3,\"hour\":5,\"country\":43,\"tags\":[\"drame\"],\"flag\":true,\"user\":{\"tags\":[\"x\"]}}")) {
            @SuppressWarnings("unchecked")
            Map<String, Object> json = (Map<String, Object>) Json.read(row);
            for (String id : List.of("a", "b", "action-0", "action-7")) {
                learner.observe(json, heads ? null : json, heads ? null : id);
            }
        }
        return learner.learn(FeatureOptions.defaults().withInteractions(interactions));
    }

    private static Tensor tensor(String name, SplittableRandom random, int... shape) {
        int size = 1;
        for (int dimension : shape) {
            size *= dimension;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return Tensor.of(name, values, shape);
    }
}
