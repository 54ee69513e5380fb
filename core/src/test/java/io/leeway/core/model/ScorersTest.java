package io.leeway.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.features.Action;
import io.leeway.core.features.FeatureEncoder;
import io.leeway.core.features.FeatureSpec;
import io.leeway.core.model.Layout.Activation;
import io.leeway.core.model.Layout.LinearLayout;
import io.leeway.core.model.Layout.NetworkLayout;
import io.leeway.core.testing.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class ScorersTest {
    private static final List<Action> ACTIONS = List.of(
            new Action("a", Map.of("price", 4)),
            new Action("b", Map.of("price", 7.5)),
            Action.of("unheard"),
            new Action("c", Map.of("price", 1000)));

    @Test
    void equalsAPlainForwardPassInDoubles(Random random) {
        for (int round = 0; round < 40; round++) {
            for (Activation activation : Activation.values()) {
                for (boolean interactions : new boolean[] {false, true}) {
                    requireEqual(Models.network(random, false, interactions, activation), random);
                }
                requireEqual(Models.network(random, true, false, activation), random);
            }
            requireEqual(Models.linear(random, false, random.nextBoolean()), random);
            requireEqual(Models.linear(random, true, false), random);
        }
    }

    @Test
    void predictsAsAPlainForwardPassDoes(Random random) {
        for (int round = 0; round < 100; round++) {
            NetworkLayout network = new NetworkLayout(List.of(7, 5), Activation.TANH, 10, 3);
            for (Artifact artifact :
                    List.of(Models.regression(random, network), Models.regression(random, new LinearLayout()))) {
                Map<String, Object> context = context(random);
                double[] columns =
                        doubles(new FeatureEncoder(artifact.description().features()).encode(context));
                double expected = plain(artifact, columns)[0];
                // Float sums of some ten terms of size ten: 1e-7 relative each.
                assertThat(Scorers.of(artifact).predict(context)).isCloseTo(expected, within(2e-4));
            }
        }
    }

    @Test
    void scoresAHandMadeNetwork() {
        FeatureSpec spec = new FeatureSpec(Models.CONTEXT, List.of(), false);
        NetworkLayout layout = new NetworkLayout(List.of(2), Activation.RELU, 100, 10);
        float[] first = new float[spec.width() * 2];
        first[0] = 1; // age to the first hidden unit
        first[1] = -1; // age to the second
        Artifact artifact = Artifact.of(
                Models.description(layout, "regression", List.of(), spec),
                List.of(
                        Tensor.of("layer0.weight", first, spec.width(), 2),
                        Tensor.of("layer0.bias", new float[] {0.5f, 0}, 2),
                        Tensor.of("layer1.weight", new float[] {2, 3}, 2, 1),
                        Tensor.of("layer1.bias", new float[] {-1}, 1)));
        Scorer scorer = Scorers.of(artifact);
        // One sd above the mean: relu(1.5) * 2 + relu(-1) * 3 - 1 = 2, scaled 100 + 10 * 2.
        assertThat(scorer.predict(Map.of("age", 52))).isEqualTo(120);
        // One below: relu(-0.5) * 2 + relu(1) * 3 - 1 = 2.
        assertThat(scorer.predict(Map.of("age", 28))).isEqualTo(120);
        assertThat(scorer.predict(Map.of())).isEqualTo(100);
    }

    @Test
    void givesUnknownActionsTheMeanOfTheHeads(Random random) {
        for (Artifact artifact :
                List.of(Models.network(random, true, false, Activation.RELU), Models.linear(random, true, false))) {
            List<Action> known = List.of(Action.of("a"), Action.of("b"), Action.of("c"));
            Map<String, Object> context = context(random);
            double[] scores = Scorers.of(artifact).score(context, known);
            double unknown = Scorers.of(artifact).score(context, List.of(Action.of("new")))[0];
            assertThat(unknown).isCloseTo((scores[0] + scores[1] + scores[2]) / 3, within(1e-12));
            assertThat(Scorers.of(artifact).score(context, List.of(Action.of("c"), Action.of("a"))))
                    .containsExactly(scores[2], scores[0]);
        }
    }

    /** Each member of a network is a network of its own that shares the hidden layers. */
    @Test
    void eachMemberAnswersAsANetworkOfItsLastLayerWould(Random random) {
        for (boolean heads : new boolean[] {false, true}) {
            Artifact artifact = Models.members(random, heads, 3);
            SampledScorer all = (SampledScorer) Scorers.of(artifact);
            Map<String, Object> context = context(random);
            double[][] samples = all.samples(context, ACTIONS);
            double[] means = new double[ACTIONS.size()];
            for (int member = 0; member < 3; member++) {
                double[] alone = Scorers.of(Models.member(artifact, member)).score(context, ACTIONS);
                assertThat(samples[member]).containsExactly(alone, within(1e-12));
                for (int i = 0; i < means.length; i++) {
                    means[i] += alone[i] / 3;
                }
            }
            assertThat(all.score(context, ACTIONS)).containsExactly(means, within(1e-12));
            Artifact read = Artifact.read(artifact.toBytes());
            assertThat(((SampledScorer) Scorers.of(read)).samples(context, ACTIONS))
                    .isDeepEqualTo(samples);
        }
    }

    @Test
    void refusesTheOtherKindOfQuestion(Random random) {
        Scorer regression = Scorers.of(Models.regression(random, new LinearLayout()));
        Scorer bandit = Scorers.of(Models.network(random, true, false, Activation.RELU));
        assertThatThrownBy(() -> regression.score(Map.of(), ACTIONS)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> bandit.predict(Map.of())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesToServeAScoreThatOverflowed() {
        FeatureSpec spec = new FeatureSpec(Models.CONTEXT, List.of(), false);
        NetworkLayout layout = new NetworkLayout(List.of(1), Activation.IDENTITY, 0, 1);
        float[] huge = new float[spec.width()];
        huge[0] = Float.MAX_VALUE;
        Scorer scorer = Scorers.of(Artifact.of(
                Models.description(layout, "regression", List.of(), spec),
                List.of(
                        Tensor.of("layer0.weight", huge, spec.width(), 1),
                        Tensor.of("layer0.bias", new float[1], 1),
                        Tensor.of("layer1.weight", new float[] {2}, 1, 1),
                        Tensor.of("layer1.bias", new float[1], 1))));
        assertThat(scorer.predict(Map.of("age", 40))).isZero();
        assertThatThrownBy(() -> scorer.predict(Map.of("age", 80)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("must be finite: score=Infinity");
    }

    @Test
    void answersManyThreadsAsItAnswersOne(Random random) throws Exception {
        Scorer scorer = Scorers.of(Models.network(random, false, true, Activation.RELU));
        List<Map<String, Object>> contexts = new ArrayList<>();
        List<double[]> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            contexts.add(context(random));
            expected.add(scorer.score(contexts.get(i), ACTIONS));
        }
        // Each thread asks in another order, so that a shared buffer would hold another's values.
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> outcomes = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int first = 61 * thread;
                Callable<Integer> compare = () -> {
                    start.await();
                    int wrong = 0;
                    for (int i = 0; i < 10_000; i++) {
                        int at = (first + i) % 500;
                        wrong += Arrays.equals(scorer.score(contexts.get(at), ACTIONS), expected.get(at)) ? 0 : 1;
                    }
                    return wrong;
                };
                outcomes.add(threads.submit(compare));
            }
            start.countDown();
            for (Future<Integer> outcome : outcomes) {
                assertThat(outcome.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void requireEqual(Artifact artifact, Random random) {
        Scorer scorer = Scorers.of(artifact);
        FeatureEncoder encoder = new FeatureEncoder(artifact.description().features());
        List<String> heads = artifact.description().heads();
        Map<String, Object> context = context(random);
        double[] scores = scorer.score(context, ACTIONS);
        assertThat(scores).hasSize(ACTIONS.size());
        for (int i = 0; i < scores.length; i++) {
            Action action = ACTIONS.get(i);
            double[] outputs = plain(
                    artifact, doubles(heads.isEmpty() ? encoder.encode(context, action) : encoder.encode(context)));
            double expected = heads.isEmpty()
                    ? outputs[0]
                    : heads.contains(action.id())
                            ? outputs[heads.indexOf(action.id())]
                            : Arrays.stream(outputs).average().orElseThrow();
            // Float sums: relative to the size of the terms, which reach some hundreds here.
            assertThat(scores[i]).isCloseTo(expected, within(1e-5 * (100 + Math.abs(expected))));
        }
    }

    /** The definition, in doubles, over all columns, with no regard to speed. */
    private static double[] plain(Artifact artifact, double[] columns) {
        if (artifact.description().layout() instanceof NetworkLayout network) {
            double[] values = columns;
            for (int layer = 0; layer <= network.hidden().size(); layer++) {
                Tensor weight = artifact.tensor("layer" + layer + ".weight");
                double[] next = new double[weight.shape().get(1)];
                for (int o = 0; o < next.length; o++) {
                    next[o] = artifact.tensor("layer" + layer + ".bias").data().get(o);
                    for (int i = 0; i < values.length; i++) {
                        next[o] += values[i] * weight.data().get(i * next.length + o);
                    }
                    if (layer < network.hidden().size()) {
                        next[o] = switch (network.activation()) {
                            case RELU -> next[o] > 0 ? next[o] : 0;
                            case TANH -> Math.tanh(next[o]);
                            case IDENTITY -> next[o];
                        };
                    } else {
                        next[o] = network.targetMean() + network.targetStandardDeviation() * next[o];
                    }
                }
                values = next;
            }
            return values;
        }
        Tensor weight = artifact.tensor("weight");
        double[] outputs = new double[weight.shape().get(0)];
        for (int o = 0; o < outputs.length; o++) {
            outputs[o] = artifact.tensor("bias").data().get(o);
            for (int i = 0; i < columns.length; i++) {
                outputs[o] += columns[i] * weight.data().get(o * columns.length + i);
            }
        }
        return outputs;
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    private static Map<String, Object> context(Random random) {
        Map<String, Object> context = new HashMap<>();
        if (random.nextInt(4) > 0) {
            context.put("age", 40 + 12 * random.nextGaussian());
        }
        context.put("city", List.of("Rome", "Oslo", "Bonn").get(random.nextInt(3)));
        context.put("member", random.nextBoolean());
        return context;
    }
}
