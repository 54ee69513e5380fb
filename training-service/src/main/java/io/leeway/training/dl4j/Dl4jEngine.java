package io.leeway.training.dl4j;

import io.leeway.core.model.Tensor;
import io.leeway.training.learning.NetworkEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** A DL4J network on the backend of ND4J that is on the class path: {@code dl4j-cpu} or {@code dl4j-cuda}. Not thread safe. */
final class Dl4jEngine implements NetworkEngine {
    private final Shape shape;
    private final MultiLayerNetwork network;
    private final OutputLoss loss;
    private double stepSize;

    private Dl4jEngine(Shape shape, List<Tensor> initial) {
        this.shape = shape;
        this.loss = new OutputLoss(shape);
        this.network = new MultiLayerNetwork(configuration(shape, loss));
        network.init();
        for (int layer = 0; layer <= shape.hidden().size(); layer++) {
            network.setParam(layer + "_W", array(initial.get(2 * layer)));
            network.setParam(layer + "_b", array(initial.get(2 * layer + 1)).reshape(1, -1));
        }
    }

    static Maker maker() {
        return new Maker() {
            @Override
            public NetworkEngine make(Shape shape, List<Tensor> initial) {
                return new Dl4jEngine(shape, initial);
            }

            @Override
            public String backend() {
                return Backend.name();
            }

            @Override
            public Map<String, String> libraryVersions() {
                return Backend.libraryVersions();
            }
        };
    }

    private static MultiLayerConfiguration configuration(Shape shape, OutputLoss loss) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .updater(new Adam(1e-3))
                .l2(shape.l2())
                .list();
        int in = shape.inputs();
        for (int units : shape.hidden()) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(in)
                    .nOut(units)
                    .activation(Activation.RELU)
                    .build());
            in = units;
        }
        layers.layer(new OutputLayer.Builder(loss)
                .nIn(in)
                .nOut(shape.outputs())
                .activation(Activation.IDENTITY)
                .build());
        return layers.build();
    }

    private static INDArray array(Tensor tensor) {
        int[] dimensions = tensor.shape().stream().mapToInt(Integer::intValue).toArray();
        return Nd4j.create(tensor.data().toArray(), dimensions, 'c');
    }

    @Override
    public double learn(Minibatch batch, double wantedStep) {
        // Each change costs about as much as a tenth of a minibatch: what is less than a hundredth is left for later.
        if (Math.abs(wantedStep - stepSize) > 0.01 * wantedStep) {
            stepSize = wantedStep;
            network.setLearningRate(stepSize);
        }
        int[] outputs = {batch.rows(), shape.outputs()};
        INDArray features = Nd4j.create(batch.features().array(), new int[] {batch.rows(), shape.inputs()}, 'c');
        INDArray labels = Nd4j.create(batch.labels().array(), outputs, 'c');
        loss.use(batch.weights() == null ? null : Nd4j.create(batch.weights().array(), outputs, 'c'));
        network.fit(features, labels);
        return network.score();
    }

    @Override
    public float[] outputs(float[] features, int rows) {
        INDArray input = Nd4j.create(features, new int[] {rows, shape.inputs()}, 'c');
        return network.output(input, false).dup('c').data().asFloat();
    }

    @Override
    public float[] parameters() {
        return network.params().toFloatVector();
    }

    @Override
    public void setParameters(float[] values) {
        network.setParams(Nd4j.create(values, new int[] {1, values.length}, 'c'));
    }

    @Override
    public List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        for (int layer = 0; layer <= shape.hidden().size(); layer++) {
            INDArray weight = network.getParam(layer + "_W");
            tensors.add(Tensor.of(
                    "layer" + layer + ".weight", weight.dup('c').data().asFloat(), (int) weight.size(0), (int)
                            weight.size(1)));
            INDArray bias = network.getParam(layer + "_b");
            tensors.add(
                    Tensor.of("layer" + layer + ".bias", bias.dup('c').data().asFloat(), (int) bias.length()));
        }
        return tensors;
    }
}
