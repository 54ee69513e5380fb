package io.leeway.training.dl4j;

import io.leeway.core.model.Layout;
import io.leeway.core.model.Tensor;
import io.leeway.training.learning.Design;
import io.leeway.training.learning.Fit;
import io.leeway.training.learning.Hyperparameters;
import io.leeway.training.learning.Learner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * A DL4J network: rectified hidden layers, linear outputs, squared error of the standardised target. In a heads layout only the
 * output of the action that was taken has a loss. Adam with a step size that falls along half a cosine; what counts is the running
 * mean of the weights, which scatters less than the weights themselves. Stops when the validation rows have not got better for a
 * while, and keeps what was best on them; without validation rows it learns to the end. Deterministic on one thread.
 *
 * @see "Kingma and Ba, Adam: A method for stochastic optimization, ICLR 2015"
 * @see "Polyak and Juditsky, Acceleration of stochastic approximation by averaging, SIAM J. Control Optim. 30, 1992, 838-855"
 * @see "Loshchilov and Hutter, SGDR: Stochastic gradient descent with warm restarts, ICLR 2017"
 */
final class NetworkLearner implements Learner {
    private static final int PATIENCE = 5;
    /** An epoch counts as better when the loss falls by this share. */
    private static final double IMPROVEMENT = 5e-4;

    private static final double LAST_STEP_SHARE = 0.05;
    /** Times that the step size changes; each costs about as much as a tenth of a minibatch. */
    private static final int STEP_SIZES = 100;
    /** The running mean forgets at this rate in the long run, and after n minibatches no slower than over the last tenth of them. */
    private static final double MEMORY = 0.998;

    private static final int FORWARD_ROWS = 1024;

    @Override
    public Fit fit(Design design, int trainRows, Hyperparameters wanted, Progress progress) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration(design, wanted));
        network.init();
        return new Run(design, trainRows, wanted, network).fit(progress);
    }

    private static MultiLayerConfiguration configuration(Design design, Hyperparameters wanted) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(wanted.seed())
                .weightInit(WeightInit.RELU)
                .updater(new Adam(wanted.learningRate()))
                .l2(wanted.l2())
                .list();
        int in = design.width();
        for (int units : wanted.hiddenLayers()) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(in)
                    .nOut(units)
                    .activation(Activation.RELU)
                    .build());
            in = units;
        }
        // L2 and not MSE, which would divide by the number of outputs although only one of them has a loss.
        layers.layer(new OutputLayer.Builder(new LossL2())
                .nIn(in)
                .nOut(design.outputs())
                .activation(Activation.IDENTITY)
                .weightInit(WeightInit.XAVIER)
                .build());
        return layers.build();
    }

    @Override
    public String backend() {
        return Backend.name();
    }

    @Override
    public Map<String, String> libraryVersions() {
        return Backend.libraryVersions();
    }

    /** One fit: the network and where it stands. */
    private static final class Run {
        private final Design design;
        private final int trainRows;
        private final Hyperparameters wanted;
        private final MultiLayerNetwork network;
        private final double mean;
        private final double deviation;
        private final List<Fit.EpochLoss> history = new ArrayList<>();
        private final INDArray average;
        private final long batches;
        private long batch;
        private INDArray best;
        private double bestLoss = Double.POSITIVE_INFINITY;
        private int bestEpoch;

        private Run(Design design, int trainRows, Hyperparameters wanted, MultiLayerNetwork network) {
            this.design = design;
            this.trainRows = trainRows;
            this.wanted = wanted;
            this.network = network;
            this.mean = design.targetMean(trainRows);
            this.deviation = design.targetStandardDeviation(trainRows);
            this.average = network.params().dup();
            this.batches = (long) wanted.epochs() * ((trainRows + wanted.batchRows() - 1) / wanted.batchRows());
        }

        private Fit fit(Progress progress) {
            long start = System.nanoTime();
            SplittableRandom random = new SplittableRandom(wanted.seed());
            int[] order = new int[trainRows];
            for (int i = 0; i < trainRows; i++) {
                order[i] = i;
            }
            boolean validated = trainRows < design.rows();
            int epoch = 0;
            while (epoch < wanted.epochs() && (!validated || bestEpoch == 0 || epoch - bestEpoch < PATIENCE)) {
                shuffle(order, random);
                double train = pass(order);
                epoch++;
                INDArray last = network.params().dup();
                network.setParams(average);
                double validation = validated ? validationLoss() : train;
                history.add(new Fit.EpochLoss(epoch, train, validation));
                progress.epoch(epoch, wanted.epochs(), train, validation);
                keepIfBetter(epoch, validation, validated);
                network.setParams(last);
            }
            network.setParams(best);
            double seconds = (System.nanoTime() - start) / 1e9;
            Layout layout = new Layout.NetworkLayout(
                    wanted.hiddenLayers(), io.leeway.core.model.Layout.Activation.RELU, mean, deviation);
            return new Fit(
                    layout, tensors(), this::outputs, history, epoch, bestEpoch, (long) epoch * trainRows, seconds);
        }

        private double step() {
            double done = (double) batch / batches;
            double share = LAST_STEP_SHARE + (1 - LAST_STEP_SHARE) * (1 + Math.cos(Math.PI * done)) / 2;
            return wanted.learningRate() * share;
        }

        private void keepIfBetter(int epoch, double loss, boolean validated) {
            if (!Double.isFinite(loss)) {
                throw new IllegalStateException("training diverged: epoch=" + epoch + " loss=" + loss + " learningRate="
                        + wanted.learningRate());
            }
            if (!validated || loss < bestLoss * (1 - IMPROVEMENT)) {
                bestLoss = loss;
                bestEpoch = epoch;
                best = average.dup();
            }
        }

        /** One pass over the rows in this order; the mean loss on the way. */
        private double pass(int[] order) {
            double loss = 0;
            for (int from = 0; from < order.length; from += wanted.batchRows()) {
                int rows = Math.min(wanted.batchRows(), order.length - from);
                if (batch % Math.max(1, batches / STEP_SIZES) == 0) {
                    network.setLearningRate(step());
                }
                Batch next = Batch.of(design, order, from, rows, mean, deviation);
                network.fit(next.features(), next.labels(), null, next.mask());
                loss += network.score() * rows;
                batch++;
                double keep = Math.min(MEMORY, (1.0 + batch) / (10 + batch));
                average.muli(keep).addi(network.params().mul(1 - keep));
            }
            return loss / order.length;
        }

        private double validationLoss() {
            double squares = 0;
            int[] order = new int[FORWARD_ROWS];
            for (int from = trainRows; from < design.rows(); from += FORWARD_ROWS) {
                int rows = Math.min(FORWARD_ROWS, design.rows() - from);
                for (int i = 0; i < rows; i++) {
                    order[i] = from + i;
                }
                float[] predicted = forward(Batch.features(design, order, 0, rows));
                for (int i = 0; i < rows; i++) {
                    int row = from + i;
                    double standardised = (design.target(row) - mean) / deviation;
                    double error = predicted[i * design.outputs() + design.output(row)] - standardised;
                    squares += error * error;
                }
            }
            return squares / (design.rows() - trainRows);
        }

        private float[] forward(INDArray features) {
            return network.output(features, false).dup('c').data().asFloat();
        }

        private double[] outputs(float[] columns) {
            float[] raw = forward(Nd4j.create(columns, new int[] {1, columns.length}, 'c'));
            double[] scaled = new double[raw.length];
            for (int i = 0; i < raw.length; i++) {
                scaled[i] = mean + deviation * raw[i];
            }
            return scaled;
        }

        private List<Tensor> tensors() {
            List<Tensor> tensors = new ArrayList<>();
            for (int layer = 0; layer <= wanted.hiddenLayers().size(); layer++) {
                INDArray weight = network.getParam(layer + "_W");
                tensors.add(Tensor.of(
                        "layer" + layer + ".weight", weight.dup('c').data().asFloat(), (int) weight.size(0), (int)
                                weight.size(1)));
                INDArray bias = network.getParam(layer + "_b");
                tensors.add(Tensor.of(
                        "layer" + layer + ".bias", bias.dup('c').data().asFloat(), (int) bias.length()));
            }
            return tensors;
        }

        private static void shuffle(int[] order, SplittableRandom random) {
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = order[i];
                order[i] = order[j];
                order[j] = swap;
            }
        }
    }
}
