package io.leeway.benchmarks;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.online.OnlinePolicies;
import io.leeway.core.bandit.online.OnlinePolicy;
import io.leeway.core.features.Action;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.features.Situation;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import vowpalWabbit.learner.VWActionProbsLearner;
import vowpalWabbit.learner.VWLearners;

/**
 * What deciding and learning cost online, beside Vowpal Wabbit 9.3.0 in the same run: actions with features of their own.
 * Ours start from JSON maps (encoding included), Vowpal Wabbit from its text format, ready made. A learn is a decision's
 * feedback: encoding or parsing, and the update. {@code encoded} policies get a situation encoded before.
 *
 * <p>Run: {@code java -cp 'benchmarks/target/leeway-benchmarks.jar:benchmarks/target/lib/*' org.openjdk.jmh.Main OnlineBenchmark
 * -prof gc -prof io.leeway.benchmarks.CpuProfiler}; compare the {@code cpu} rows. Encoding needs some 25,000 decisions until it is
 * compiled well: on a busy machine make the warm-up longer.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 10, time = 2)
@Measurement(iterations = 5, time = 1)
public class OnlineBenchmark {
    private static final int EXAMPLES = 16;
    private static final int WARM_UP = 1000;

    @Param({"10x20", "50x50"})
    private String shape;

    private final HashedEncoder encoder = new HashedEncoder();
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<Map<String, Object>> contexts = new ArrayList<>();
    private final List<List<Action>> actions = new ArrayList<>();
    private final List<Situation> situations = new ArrayList<>();
    private final List<String[]> unlabelled = new ArrayList<>();
    private final List<String[]> labelled = new ArrayList<>();
    private Choice choice;
    private OnlinePolicy policy;
    private VWActionProbsLearner vw;
    private int next;

    @Setup
    public void build() {
        int count = Integer.parseInt(shape.substring(0, shape.indexOf('x')));
        int features = Integer.parseInt(shape.substring(shape.indexOf('x') + 1));
        choice = new Choice(count / 2, 0.5);
        for (int example = 0; example < EXAMPLES; example++) {
            List<Action> list = new ArrayList<>();
            String[] lines = new String[count];
            for (int action = 0; action < count; action++) {
                Map<String, Object> own = new LinkedHashMap<>();
                StringBuilder line = new StringBuilder("|f");
                for (int i = 0; i < features; i++) {
                    double value = Math.round(random.nextDouble(-1, 1) * 1e4) / 1e4;
                    // One object per name, as JSON parsers (Jackson by default) hand them out.
                    own.put(("x" + i).intern(), value);
                    line.append(" x").append(i).append(':').append(value);
                }
                list.add(new Action("action-" + action, own));
                lines[action] = line.toString();
            }
            contexts.add(Map.of());
            actions.add(list);
            situations.add(encoder.encode(Map.of(), list));
            unlabelled.add(lines);
            String[] learning = lines.clone();
            learning[choice.action()] = "0:-1:0.5 " + learning[choice.action()];
            labelled.add(learning);
        }
    }

    private OnlinePolicy warm(String name, Map<String, Double> parameters) {
        OnlinePolicy made = OnlinePolicies.of(name, parameters);
        for (int i = 0; i < WARM_UP; i++) {
            made.learn(situations.get(i % EXAMPLES), choice, i % 2);
        }
        return made;
    }

    /** Weights are shared between actions, as Vowpal Wabbit's are. */
    private OnlinePolicy linear() {
        if (policy == null) {
            policy = warm("linearSquareCb", Map.of("perAction", 0.0, "interactions", 0.0));
        }
        return policy;
    }

    private OnlinePolicy ridge() {
        if (policy == null) {
            policy = warm("sharedLinucb", Map.of());
        }
        return policy;
    }

    private OnlinePolicy auto() {
        if (policy == null) {
            policy = warm("auto", Map.of());
        }
        return policy;
    }

    private VWActionProbsLearner vw() {
        if (vw == null) {
            vw = VWLearners.create("--cb_explore_adf --squarecb --quiet");
            for (int i = 0; i < WARM_UP; i++) {
                vw.learn(labelled.get(i % EXAMPLES));
            }
        }
        return vw;
    }

    @TearDown
    public void close() throws Exception {
        if (vw != null) {
            vw.close();
        }
    }

    private int next() {
        next = (next + 1) % EXAMPLES;
        return next;
    }

    @Benchmark
    public Object vwDecide() {
        return vw().predict(unlabelled.get(next()));
    }

    @Benchmark
    public Object vwLearn() {
        return vw().learn(labelled.get(next()));
    }

    @Benchmark
    public Distribution linearDecide() {
        int i = next();
        return linear().decide(encoder.encode(contexts.get(i), actions.get(i)), random);
    }

    @Benchmark
    public void linearLearn() {
        int i = next();
        linear().learn(encoder.encode(contexts.get(i), actions.get(i)), choice, i & 1);
    }

    @Benchmark
    public Distribution linearDecideEncoded() {
        return linear().decide(situations.get(next()), random);
    }

    @Benchmark
    public void linearLearnEncoded() {
        int i = next();
        linear().learn(situations.get(i), choice, i & 1);
    }

    @Benchmark
    public Distribution ridgeDecide() {
        int i = next();
        return ridge().decide(encoder.encode(contexts.get(i), actions.get(i)), random);
    }

    @Benchmark
    public void ridgeLearn() {
        int i = next();
        ridge().learn(encoder.encode(contexts.get(i), actions.get(i)), choice, i & 1);
    }

    @Benchmark
    public Distribution autoDecide() {
        int i = next();
        return auto().decide(encoder.encode(contexts.get(i), actions.get(i)), random);
    }

    @Benchmark
    public void autoLearn() {
        int i = next();
        auto().learn(encoder.encode(contexts.get(i), actions.get(i)), choice, i & 1);
    }
}
