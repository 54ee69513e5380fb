package io.leeway.training.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.model.Tensor;
import io.leeway.training.learning.NetworkEngine;
import io.leeway.training.learning.NetworkEngine.Minibatch;
import io.leeway.training.learning.NetworkEngine.Shape;
import io.leeway.training.learning.NetworkEngine.Values;
import io.leeway.training.learning.PlainEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EnginesTest {
    private static final int ROWS = 32;

    @Test
    void dl4jAndThePlainTwinTakeTheSameSteps() {
        for (int outputs : new int[] {1, 3, -1, -3}) {
            // -1: one output, weighted; -3: one with two quantiles beside it.
            boolean weighted = outputs != 1;
            List<Double> quantiles = outputs == -3 ? List.of(0.1, 0.9) : List.of();
            Shape shape = new Shape(7, List.of(12, 9), Math.abs(outputs), 1e-3, quantiles);
            List<Tensor> initial = initial(shape);
            NetworkEngine dl4j = Dl4jEngine.maker().make(shape, initial);
            NetworkEngine plain = PlainEngine.maker().make(shape, initial);
            same(dl4j.tensors(), initial, 0);
            SplittableRandom random = new SplittableRandom(7);
            for (int step = 0; step < 40; step++) {
                Minibatch batch = batch(shape, weighted, random);
                double stepSize = 0.01 * (1 - step / 50.0);
                dl4j.learn(batch, stepSize);
                plain.learn(batch, stepSize);
            }
            // Floats added in another order; a single wrong sign would show as 0.02.
            same(dl4j.tensors(), plain.tensors(), 1e-4);
            float[] features = batch(shape, false, random).features().array();
            float[] theirs = plain.outputs(features, ROWS);
            float[] ours = dl4j.outputs(features, ROWS);
            for (int i = 0; i < ours.length; i++) {
                assertThat(ours[i]).isCloseTo(theirs[i], within(1e-3f));
            }
            assertThat(moved(initial, plain.tensors())).isGreaterThan(0.1);
        }
    }

    @Test
    void quantilesAreLearnedAsSuchAndTheValueIsTheMean() {
        Shape shape = new Shape(1, List.of(), 3, 0, List.of(0.1, 0.9));
        for (NetworkEngine.Maker maker : List.of(Dl4jEngine.maker(), PlainEngine.maker())) {
            NetworkEngine engine = maker.make(shape, initial(shape));
            SplittableRandom random = new SplittableRandom(5);
            for (int step = 0; step < 1500; step++) {
                float[] features = new float[ROWS];
                float[] labels = new float[3 * ROWS];
                for (int row = 0; row < ROWS; row++) {
                    features[row] = random.nextInt(2);
                    // Evenly from 0 to 1, or from 0 to 3: the spread is the input's doing.
                    float label = (float) (random.nextDouble() * (1 + 2 * features[row]));
                    java.util.Arrays.fill(labels, 3 * row, 3 * row + 3, label);
                }
                engine.learn(
                        new Minibatch(ROWS, new Values(features), new Values(labels), null),
                        0.02 * (1 - step / 1600.0));
            }
            float[] outputs = engine.outputs(new float[] {0, 1}, 2);
            float[] expected = {0.5f, 0.1f, 0.9f, 1.5f, 0.3f, 2.7f};
            for (int i = 0; i < expected.length; i++) {
                assertThat(outputs[i]).as(maker.backend() + " " + i).isCloseTo(expected[i], within(0.08f));
            }
        }
    }

    @Test
    void smallNetworksAreComputedInPlainJavaAndLargerOnesByDl4j() {
        EngineBySize engines = new EngineBySize();
        Shape small = new Shape(19, List.of(64, 64), 8, 0);
        assertThat(engines.make(small, initial(small))).isInstanceOf(PlainEngine.class);
        assertThat(engines.backend()).isEqualTo("java");
        Shape large = new Shape(64, List.of(128, 128), 10, 0);
        assertThat(engines.make(large, initial(large))).isInstanceOf(Dl4jEngine.class);
        assertThat(engines.backend()).startsWith("dl4j-cpu");
        assertThat(engines.libraryVersions()).containsKey("deeplearning4j");
    }

    @Test
    void parametersGoOutAndInAgain() {
        Shape shape = new Shape(5, List.of(4), 2, 0);
        for (NetworkEngine.Maker maker : List.of(Dl4jEngine.maker(), PlainEngine.maker())) {
            NetworkEngine engine = maker.make(shape, initial(shape));
            float[] before = engine.parameters();
            engine.learn(batch(shape, true, new SplittableRandom(1)), 0.1);
            assertThat(engine.parameters()).isNotEqualTo(before);
            engine.setParameters(before);
            same(engine.tensors(), initial(shape), 0);
        }
    }

    @Test
    void aGraphicsProcessorWithoutCodeForItIsRefusedInWords() {
        List<CudaDevice> seen = CudaDevice.parse("NVIDIA H100 80GB HBM3, 9.0\nNVIDIA A10G, 8.6\nnonsense\n");
        assertThat(seen).hasSize(2);
        assertThatThrownBy(() -> CudaDevice.require(seen))
                .hasMessageContaining("NVIDIA H100 80GB HBM3 (compute capability 9.0)")
                .hasMessageContaining("3.7 to 8.9");
        assertThat(CudaDevice.require(seen.subList(1, 2)).words()).isEqualTo("NVIDIA A10G (compute capability 8.6)");
        assertThatThrownBy(() -> CudaDevice.require(List.of())).hasMessageContaining("no graphics processor");
        assertThat(Backend.name()).startsWith("dl4j-cpu");
    }

    private static List<Tensor> initial(Shape shape) {
        SplittableRandom random = new SplittableRandom(3);
        List<Tensor> tensors = new ArrayList<>();
        int in = shape.inputs();
        for (int layer = 0; layer <= shape.hidden().size(); layer++) {
            int out = layer == shape.hidden().size()
                    ? shape.outputs()
                    : shape.hidden().get(layer);
            tensors.add(Tensor.of("layer" + layer + ".weight", normal(random, in * out), in, out));
            tensors.add(Tensor.of("layer" + layer + ".bias", normal(random, out), out));
            in = out;
        }
        return tensors;
    }

    private static Minibatch batch(Shape shape, boolean weighted, SplittableRandom random) {
        float[] features = normal(random, ROWS * shape.inputs());
        for (int i = 0; i < features.length; i += 3) {
            features[i] = 0;
        }
        float[] weights = new float[ROWS * shape.outputs()];
        for (int row = 0; row < ROWS; row++) {
            weights[row * shape.outputs() + random.nextInt(shape.outputs())] = 0.5f + (float) random.nextDouble();
        }
        Values labels = new Values(normal(random, ROWS * shape.outputs()));
        return new Minibatch(ROWS, new Values(features), labels, weighted ? new Values(weights) : null);
    }

    private static float[] normal(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (0.5 * random.nextGaussian());
        }
        return values;
    }

    private static void same(List<Tensor> ours, List<Tensor> theirs, double tolerance) {
        assertThat(ours).hasSameSizeAs(theirs);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(ours.get(i).name()).isEqualTo(theirs.get(i).name());
            assertThat(ours.get(i).shape()).isEqualTo(theirs.get(i).shape());
        }
        assertThat(moved(ours, theirs)).isLessThanOrEqualTo(tolerance);
    }

    private static double moved(List<Tensor> from, List<Tensor> to) {
        double largest = 0;
        for (int i = 0; i < from.size(); i++) {
            for (int j = 0; j < from.get(i).data().size(); j++) {
                largest = Math.max(
                        largest,
                        Math.abs(from.get(i).data().get(j) - to.get(i).data().get(j)));
            }
        }
        return largest;
    }
}
