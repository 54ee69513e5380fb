package io.leeway.training.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.features.Action;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Layout;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import io.leeway.core.model.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmStartTest {
    private static final Hyperparameters WANTED =
            new Hyperparameters("dl4j", List.of(16, 8), 12, 32, 0.01, 1e-5, 3, 0.1);

    @TempDir
    Path folder;

    /** @param later whether numbers lie elsewhere, there is one more input, one more word and one more action, and one action less */
    private static List<TrainingRow> rows(int count, long seed, boolean later) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Action> actions = later
                ? List.of(Action.of("a"), Action.of("b"), Action.of("d"))
                : List.of(Action.of("a"), Action.of("b"), Action.of("c"));
        List<TrainingRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> context = context(random, later);
            int chosen = random.nextInt(3);
            double x = context.get("x") instanceof Double number ? number : 0;
            double reward = 5 + (chosen == 0 ? Math.abs(x) : x) + (later ? 2 : 0) + 0.1 * random.nextGaussian();
            rows.add(Rows.row(i, context, actions, chosen, 1 / 3.0, reward));
        }
        return rows;
    }

    private static Map<String, Object> context(SplittableRandom random, boolean later) {
        Map<String, Object> context = new HashMap<>();
        if (random.nextInt(10) > 0) {
            context.put("x", (later ? 1.5 : 1) * (2 * random.nextDouble() - 1) + (later ? 0.5 : 0));
        }
        context.put("word", List.of("red", "green", "blue", "new").get(random.nextInt(later ? 4 : 3)));
        if (later) {
            context.put("added", random.nextDouble());
        }
        return context;
    }

    @Test
    void aNetworkThatGoesOnAnswersAsTheOneBeforeThoughColumnsAndActionsHaveChanged() {
        Artifact before = Rows.artifact(Rows.spec(folder, rows(1500, 1, false), WANTED));
        List<TrainingRow> later = rows(1500, 2, true);
        TrainingSpec spec = Rows.spec(folder, later, WANTED);
        RowSource source = RowSource.of(spec.file());
        Design design = Encoding.learn(source, true, later.size(), false);
        source.read(0, later.size(), (row, i) -> design.add(row));
        double mean = design.targetMean(design.rows());
        double deviation = design.targetStandardDeviation(design.rows());
        NetworkEngine.Shape shape = new NetworkEngine.Shape(design.width(), List.of(16, 8), design.outputs(), 0);
        List<Tensor> tensors =
                WarmStart.of(before, design, shape, mean, deviation).orElseThrow();
        Scorer was = Scorers.of(before);
        Scorer now = Scorers.of(Artifact.of(description(before, design, mean, deviation), tensors));
        List<Action> known = List.of(Action.of("a"), Action.of("b"), Action.of("d"));
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 200; i++) {
            Map<String, Object> context = context(random, true);
            double[] expected = was.score(context, known);
            double[] scores = now.score(context, known);
            for (int a = 0; a < 3; a++) {
                assertThat(scores[a]).isCloseTo(expected[a], within(1e-4));
            }
        }
    }

    private static ModelDescription description(Artifact before, Design design, double mean, double deviation) {
        ModelDescription d = before.description();
        return new ModelDescription(
                d.format(),
                d.loop(),
                0,
                d.loopKind(),
                d.learner(),
                new Layout.NetworkLayout(List.of(16, 8), Layout.Activation.RELU, mean, deviation),
                design.heads(),
                design.spec(),
                d.policyDefaults(),
                d.provenance(),
                d.profile());
    }

    @Test
    void quantilesGoOnAsTheyWereAndBeginAsTheValueWhereThereWereNone() {
        SplittableRandom random = new SplittableRandom(8);
        List<TrainingRow> rows = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            double x = random.nextDouble();
            rows.add(TrainingRow.regression(
                    "r" + i, Rows.START.plusSeconds(i), Map.of("x", x), 3 + x * (1 + random.nextDouble())));
        }
        for (boolean had : new boolean[] {true, false}) {
            Intervals intervals = had ? new Intervals(0.8, Intervals.QUANTILES) : Intervals.NONE;
            Artifact before = Rows.artifact(Rows.spec(
                    folder,
                    rows,
                    new Hyperparameters(
                            "dl4j",
                            List.of(6),
                            3,
                            32,
                            0.01,
                            0,
                            3,
                            0.1,
                            0.3,
                            false,
                            intervals,
                            Weighting.EQUAL,
                            BanditLearning.PLAIN)));
            Design design =
                    Encoding.learn(RowSource.of(Rows.spec(folder, rows, WANTED).file()), false, 400, false);
            rows.forEach(design::add);
            List<Double> levels = List.of((1 - 0.8) / 2, 1 - (1 - 0.8) / 2);
            NetworkEngine.Shape shape = new NetworkEngine.Shape(design.width(), List.of(6), 3, 0, levels);
            List<Tensor> tensors = WarmStart.of(before, design, shape, 3.5, 0.4).orElseThrow();
            Layout.NetworkLayout was =
                    (Layout.NetworkLayout) before.description().layout();
            NetworkEngine.Shape old =
                    new NetworkEngine.Shape(design.width(), List.of(6), had ? 3 : 1, 0, was.quantiles());
            float[] columns = new io.leeway.core.features.FeatureEncoder(
                            before.description().features())
                    .encode(Map.of("x", 0.7));
            float[] expected = new PlainEngine(old, inOrder(before)).outputs(columns, 1);
            float[] now = new PlainEngine(shape, tensors)
                    .outputs(new io.leeway.core.features.FeatureEncoder(design.spec()).encode(Map.of("x", 0.7)), 1);
            for (int output = 0; output < 3; output++) {
                double value = was.targetMean() + was.targetStandardDeviation() * expected[had ? output : 0];
                assertThat(3.5 + 0.4 * now[output]).as("output " + output).isCloseTo(value, within(1e-4));
            }
        }
    }

    /** As an engine takes them: weight and bias of each layer in turn. */
    private static List<Tensor> inOrder(Artifact artifact) {
        List<Tensor> tensors = new ArrayList<>();
        for (int layer = 0; layer < 2; layer++) {
            tensors.add(artifact.tensor("layer" + layer + ".weight"));
            tensors.add(artifact.tensor("layer" + layer + ".bias"));
        }
        return tensors;
    }

    @Test
    void goingOnTakesFewerPassesThanBeginningAfresh() {
        TrainingSpec first = Rows.spec(folder, rows(3000, 1, false), WANTED);
        Rows.train(first);
        List<TrainingRow> few = rows(300, 5, false);
        Hyperparameters once = WANTED.withEpochs(1);
        TrainingReport fresh = Rows.train(Rows.spec(folder, few, once));
        TrainingSpec goingOn = Rows.spec(folder, few, once).startingFrom(first.artifact());
        TrainingReport warm = Rows.train(goingOn);
        assertThat((Double) warm.figures().get("rmse"))
                .isLessThan(0.5 * (Double) fresh.figures().get("rmse"));
        assertThat(warm.figures()).containsEntry("start", "champion");
        assertThat(fresh.figures()).doesNotContainKey("start");
        Map<String, Object> said = TrainCandidate.read(goingOn.artifact())
                .description()
                .provenance()
                .hyperparameters();
        assertThat(said)
                .containsEntry(
                        "startWeightsSha256",
                        TrainCandidate.read(first.artifact()).weightsSha256());
        Hyperparameters otherLayers = new Hyperparameters("dl4j", List.of(4), 1, 32, 0.01, 1e-5, 3, 0.1);
        assertThat(Rows.train(Rows.spec(folder, few, otherLayers).startingFrom(first.artifact()))
                        .figures()
                        .get("start")
                        .toString())
                .startsWith("fresh");
    }

    @Test
    void whoeverWatchesIsToldHowEachLayerDoesAfterEveryEpoch() {
        List<List<LayerStatistics>> told = new ArrayList<>();
        TrainingSpec spec = Rows.spec(folder, rows(600, 1, false), WANTED.withEpochs(3));
        Learner learner =
                new NetworkTraining(PlainEngine.maker(), java.util.Optional.empty(), java.util.Optional.of(told::add));
        new TrainCandidate(spec, learner, ThisMachine.platform(1, "java")).run((epoch, epochs, a, b) -> {});
        assertThat(told).hasSize(3);
        assertThat(told.get(2)).extracting(LayerStatistics::layer).containsExactly(0, 1, 2);
        assertThat(told.get(2)).extracting(LayerStatistics::epoch).containsOnly(3);
        assertThat(told.get(0)).allSatisfy(layer -> {
            assertThat(layer.change()).isBetween(1e-4, 1.0);
            assertThat(layer.weightDeviation()).isBetween(0.05, 2.0);
            assertThat(layer.dead()).isBetween(0.0, 0.5);
        });
        // A layer whose units are all shut is seen as such.
        NetworkEngine.Shape shape = new NetworkEngine.Shape(2, List.of(4), 1, 0);
        List<Tensor> shut = List.of(
                Tensor.of("layer0.weight", new float[8], 2, 4),
                Tensor.of("layer0.bias", new float[] {-1, -1, -1, 1}, 4),
                Tensor.of("layer1.weight", new float[] {1, 1, 1, 1}, 4, 1),
                Tensor.of("layer1.bias", new float[1], 1));
        List<LayerStatistics> layers = LayerStatistics.of(1, shape, shut, shut, new float[] {1, 2, 3, 4}, 2);
        assertThat(layers.get(0).dead()).isEqualTo(0.75);
        assertThat(layers.get(1).weightMean()).isEqualTo(1);
        assertThat(layers.get(1).change()).isZero();
    }
}
