package io.leeway.benchmarks;

import io.leeway.core.bandit.Policy;
import io.leeway.core.bandit.Scored;
import io.leeway.core.bandit.Seeds;
import io.leeway.core.bandit.SquareCb;
import io.leeway.core.drift.Profile;
import io.leeway.core.features.Action;
import io.leeway.core.features.FeatureEncoder;
import io.leeway.core.features.FeatureOptions;
import io.leeway.core.features.FeatureSpec;
import io.leeway.core.features.FeatureSpecLearner;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Layout;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Provenance;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import io.leeway.core.model.Tensor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a decision costs without a service around it, part by part: encoding, scoring, and all of it. The network is the
 * design's yardstick (64-128-128-10: 64 numbers, two layers of 128, 10 actions).
 *
 * <p>Run: {@code java -cp 'benchmarks/target/leeway-benchmarks.jar:benchmarks/target/lib/*' org.openjdk.jmh.Main Decide}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecideBenchmark {
    private static final int NUMBERS = 64;
    private static final int ACTIONS = 10;
    private static final List<Integer> HIDDEN = List.of(128, 128);

    private Map<String, Object> context;
    private List<Action> actions;
    private FeatureEncoder encoder;
    private Scorer network;
    private Scorer linear;
    private Policy policy;
    private long event;

    @Setup
    public void build() {
        SplittableRandom random = new SplittableRandom(1);
        actions = new ArrayList<>();
        for (int i = 0; i < ACTIONS; i++) {
            actions.add(Action.of("action-" + i));
        }
        FeatureSpecLearner learner = new FeatureSpecLearner();
        for (int row = 0; row < 1000; row++) {
            learner.observe(numbers(random), null, null);
        }
        FeatureSpec features = learner.learn(FeatureOptions.defaults());
        context = numbers(random);
        encoder = new FeatureEncoder(features);
        network = Scorers.of(
                artifact(features, new Layout.NetworkLayout(HIDDEN, Layout.Activation.RELU, 0, 1), layers(random)));
        linear = Scorers.of(artifact(
                features,
                new Layout.LinearLayout(),
                List.of(tensor("weight", random, ACTIONS, NUMBERS), tensor("bias", random, ACTIONS))));
        policy = new Policy(network, new SquareCb(SquareCb.DEFAULT_GAMMA, 1), 0.02);
    }

    /** JSON-like context to columns. */
    @Benchmark
    public float[] encode() {
        return encoder.encode(context);
    }

    /** Encoding and the linear scorer, 10 actions. */
    @Benchmark
    public double[] scoreLinear() {
        return linear.score(context, actions);
    }

    /** Encoding and the network's forward pass, 10 actions. */
    @Benchmark
    public double[] scoreNetwork() {
        return network.score(context, actions);
    }

    /** All of a decision: encode, score, probabilities, draw. */
    @Benchmark
    public Object decide() {
        Scored scored = policy.decide(context, actions);
        return scored.choose(Seeds.uniform("salt", "event-" + event++, "main", "action"));
    }

    private static Map<String, Object> numbers(SplittableRandom random) {
        Map<String, Object> context = new LinkedHashMap<>();
        for (int i = 0; i < NUMBERS; i++) {
            context.put("x" + i, random.nextDouble(-1, 1));
        }
        return context;
    }

    private static List<Tensor> layers(SplittableRandom random) {
        List<Integer> widths = new ArrayList<>(List.of(NUMBERS));
        widths.addAll(HIDDEN);
        widths.add(ACTIONS);
        List<Tensor> tensors = new ArrayList<>();
        for (int layer = 0; layer + 1 < widths.size(); layer++) {
            tensors.add(tensor("layer" + layer + ".weight", random, widths.get(layer), widths.get(layer + 1)));
            tensors.add(tensor("layer" + layer + ".bias", random, widths.get(layer + 1)));
        }
        return tensors;
    }

    private static Tensor tensor(String name, SplittableRandom random, int... shape) {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-0.1, 0.1);
        }
        return Tensor.of(name, values, shape);
    }

    private Artifact artifact(FeatureSpec features, Layout layout, List<Tensor> tensors) {
        Provenance provenance = new Provenance(
                new Provenance.Dataset("benchmark", 0, "", Map.of(), null, null),
                features.sha256(),
                Map.of(),
                1,
                "unknown",
                Map.of(),
                new Provenance.Platform("", "", "", 1, "none"),
                Instant.EPOCH,
                new Provenance.Trigger("benchmark", "person"));
        return Artifact.of(
                new ModelDescription(
                        ModelDescription.FORMAT,
                        "benchmark",
                        1,
                        ModelDescription.BANDIT,
                        "dl4j",
                        layout,
                        actions.stream().map(Action::id).toList(),
                        features,
                        Map.of(),
                        provenance,
                        Profile.EMPTY),
                tensors);
    }
}
