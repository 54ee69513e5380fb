package io.leeway.training.learning;

import io.leeway.core.model.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Learns a network on some engine: rectified hidden layers, linear outputs, squared error of the standardised target. In a heads layout
 * only the output of the action that was taken has a loss. Adam with a step size that falls along half a cosine; what counts is the
 * running mean of the weights, which scatters less than the weights themselves. Stops when the validation rows have not got better for a
 * while, and keeps what was best on them; without validation rows it learns to the end. Deterministic on one thread.
 *
 * @see "Polyak and Juditsky, Acceleration of stochastic approximation by averaging, SIAM J. Control Optim. 30, 1992, 838-855"
 * @see "Loshchilov and Hutter, SGDR: Stochastic gradient descent with warm restarts, ICLR 2017"
 */
public final class NetworkTraining implements Learner {
    private static final int PATIENCE = 5;
    /** An epoch counts as better when the loss falls by this share. */
    private static final double IMPROVEMENT = 5e-4;

    private static final double LAST_STEP_SHARE = 0.05;
    /** The running mean forgets at this rate in the long run, and after n minibatches no slower than over the last tenth of them. */
    private static final double MEMORY = 0.998;

    private static final int FORWARD_ROWS = 1024;

    private final NetworkEngine.Maker engines;

    public NetworkTraining(NetworkEngine.Maker engines) {
        this.engines = engines;
    }

    @Override
    public Fit fit(Design design, int trainRows, Hyperparameters wanted, Progress progress) {
        return new Run(design, trainRows, wanted).fit(progress);
    }

    @Override
    public String backend() {
        return engines.backend();
    }

    @Override
    public Map<String, String> libraryVersions() {
        return engines.libraryVersions();
    }

    /** One fit: the engine and where it stands. */
    private final class Run {
        private final Design design;
        private final int trainRows;
        private final Hyperparameters wanted;
        private final NetworkEngine engine;
        private final double mean;
        private final double deviation;
        private final List<Fit.EpochLoss> history = new ArrayList<>();
        private final float[] average;
        private final long batches;
        private long batch;
        private float[] best;
        private double bestLoss = Double.POSITIVE_INFINITY;
        private int bestEpoch;

        private Run(Design design, int trainRows, Hyperparameters wanted) {
            this.design = design;
            this.trainRows = trainRows;
            this.wanted = wanted;
            this.mean = design.targetMean(trainRows);
            this.deviation = design.targetStandardDeviation(trainRows);
            NetworkEngine.Shape shape =
                    new NetworkEngine.Shape(design.width(), wanted.hiddenLayers(), design.outputs(), wanted.l2());
            this.engine = engines.make(shape, InitialWeights.of(shape, wanted.seed()));
            this.average = engine.parameters();
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
                double validation = validated ? validationLoss() : train;
                history.add(new Fit.EpochLoss(epoch, train, validation));
                progress.epoch(epoch, wanted.epochs(), train, validation);
                keepIfBetter(epoch, validation, validated);
            }
            engine.setParameters(best);
            double seconds = (System.nanoTime() - start) / 1e9;
            Layout layout = new Layout.NetworkLayout(wanted.hiddenLayers(), Layout.Activation.RELU, mean, deviation);
            return new Fit(
                    layout,
                    engine.tensors(),
                    this::outputs,
                    history,
                    epoch,
                    bestEpoch,
                    (long) epoch * trainRows,
                    seconds);
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
                best = average.clone();
            }
        }

        /** One pass over the rows in this order; the mean loss on the way. */
        private double pass(int[] order) {
            double loss = 0;
            for (int from = 0; from < order.length; from += wanted.batchRows()) {
                int rows = Math.min(wanted.batchRows(), order.length - from);
                loss += engine.learn(minibatch(order, from, rows), step()) * rows;
                batch++;
                float rate = (float) (1 - Math.min(MEMORY, (1.0 + batch) / (10 + batch)));
                float[] now = engine.parameters();
                for (int i = 0; i < average.length; i++) {
                    average[i] += rate * (now[i] - average[i]);
                }
            }
            return loss / order.length;
        }

        private NetworkEngine.Minibatch minibatch(int[] order, int from, int rows) {
            int outputs = design.outputs();
            boolean weighted = outputs > 1 || design.weighted();
            float[] labels = new float[rows * outputs];
            float[] weights = weighted ? new float[rows * outputs] : null;
            for (int i = 0; i < rows; i++) {
                int row = order[from + i];
                int at = i * outputs + design.output(row);
                labels[at] = (float) standardised(row);
                if (weighted) {
                    weights[at] = (float) design.weight(row);
                }
            }
            return new NetworkEngine.Minibatch(
                    rows,
                    new NetworkEngine.Values(features(order, from, rows)),
                    new NetworkEngine.Values(labels),
                    weighted ? new NetworkEngine.Values(weights) : null);
        }

        private float[] features(int[] order, int from, int rows) {
            float[] dense = new float[rows * design.width()];
            for (int i = 0; i < rows; i++) {
                design.fill(order[from + i], dense, i * design.width());
            }
            return dense;
        }

        /** Of the running mean of the weights. */
        private double validationLoss() {
            float[] last = engine.parameters();
            engine.setParameters(average);
            double squares = 0;
            int[] order = new int[FORWARD_ROWS];
            for (int from = trainRows; from < design.rows(); from += FORWARD_ROWS) {
                int rows = Math.min(FORWARD_ROWS, design.rows() - from);
                for (int i = 0; i < rows; i++) {
                    order[i] = from + i;
                }
                float[] predicted = engine.outputs(features(order, 0, rows), rows);
                for (int i = 0; i < rows; i++) {
                    int row = from + i;
                    double error = predicted[i * design.outputs() + design.output(row)] - standardised(row);
                    squares += error * error;
                }
            }
            engine.setParameters(last);
            return squares / (design.rows() - trainRows);
        }

        private double standardised(int row) {
            return (design.target(row) - mean) / deviation;
        }

        private double[] outputs(float[] columns) {
            float[] raw = engine.outputs(columns, 1);
            double[] scaled = new double[raw.length];
            for (int i = 0; i < raw.length; i++) {
                scaled[i] = mean + deviation * raw[i];
            }
            return scaled;
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
