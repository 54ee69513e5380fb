package io.leeway.training.learning;

import io.leeway.core.model.Artifact;
import io.leeway.core.model.Layout;
import io.leeway.core.model.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Learns a network on some engine: rectified hidden layers, linear outputs, squared error of the standardised target. In a heads layout
 * only the output of the action that was taken has a loss. Adam with a step size that falls along half a cosine; what counts is the
 * running mean of the weights, which scatters less than the weights themselves. Quantiles, where they are wanted, are outputs of the same
 * network and have no say in when to stop. Stops when for a while the validation rows have not got better by
 * more than the rows' own noise, and keeps what was best on them; without validation rows it learns to the end. Deterministic on one thread.
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
    private final Optional<Artifact> start;
    private final Optional<LayerStatistics.Watch> watch;

    /** Begins afresh. */
    public NetworkTraining(NetworkEngine.Maker engines) {
        this(engines, Optional.empty());
    }

    /** @param start what to go on from, where it has the same layers */
    public NetworkTraining(NetworkEngine.Maker engines, Optional<Artifact> start) {
        this(engines, start, Optional.empty());
    }

    /** @param watch is told how each layer does, which costs about an epoch's time each time */
    public NetworkTraining(
            NetworkEngine.Maker engines, Optional<Artifact> start, Optional<LayerStatistics.Watch> watch) {
        this.engines = engines;
        this.start = start;
        this.watch = watch;
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
        private final NetworkEngine.Shape shape;
        private final NetworkEngine engine;
        private final double mean;
        private final double deviation;
        private final List<Fit.EpochLoss> history = new ArrayList<>();
        private final float[] average;
        private final Bootstrap bootstrap;
        private final List<Double> quantiles;
        private final int outputs;
        private final boolean warm;
        private final long batches;
        private long batch;
        private float[] best;
        private double bestLoss = Double.POSITIVE_INFINITY;
        private int bestEpoch;
        /** Squared errors of the validation rows: now, and in the last epoch that was clearly better than the one before it here. */
        private final double[] squares;

        private double[] clearSquares;
        private int clearEpoch;

        private Run(Design design, int trainRows, Hyperparameters wanted) {
            this.design = design;
            this.trainRows = trainRows;
            this.wanted = wanted;
            this.mean = design.targetMean(trainRows);
            this.deviation = design.targetStandardDeviation(trainRows);
            this.bootstrap = new Bootstrap(wanted.bandit().ensemble(), wanted.seed());
            this.quantiles = wanted.bandit().posterior().equals(BanditLearning.NONE)
                    ? wanted.intervals().quantiles()
                    : List.of();
            this.outputs = design.outputs() * bootstrap.members() + quantiles.size();
            this.shape =
                    new NetworkEngine.Shape(design.width(), wanted.hiddenLayers(), outputs, wanted.l2(), quantiles);
            Optional<List<Tensor>> before =
                    start.flatMap(artifact -> WarmStart.of(artifact, design, shape, mean, deviation));
            this.warm = before.isPresent();
            this.engine = engines.make(shape, before.orElseGet(() -> InitialWeights.of(shape, wanted.seed())));
            this.average = engine.parameters();
            this.squares = new double[design.rows() - trainRows];
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
            while (epoch < wanted.epochs() && (!validated || epoch - clearEpoch < PATIENCE)) {
                shuffle(order, random);
                List<Tensor> before = watch.isPresent() ? engine.tensors() : null;
                double train = pass(order);
                epoch++;
                tell(epoch, before);
                double validation = validated ? validationLoss() : train;
                history.add(new Fit.EpochLoss(epoch, train, validation));
                progress.epoch(epoch, wanted.epochs(), train, validation);
                keepIfBetter(epoch, validation, validated);
                if (validated && isClearlyBetter()) {
                    clearSquares = squares.clone();
                    clearEpoch = epoch;
                }
            }
            engine.setParameters(best);
            double seconds = (System.nanoTime() - start) / 1e9;
            List<Tensor> tensors = engine.tensors();
            int members = bootstrap.members();
            if (wanted.bandit().draws() > 0) {
                members = wanted.bandit().draws();
                tensors = new LastLayerPosterior(design, tensors, mean, deviation).draw(members, wanted.seed());
            }
            Layout layout = new Layout.NetworkLayout(
                    wanted.hiddenLayers(), Layout.Activation.RELU, mean, deviation, members, quantiles);
            return new Fit(
                    layout, tensors, this::outputs, history, epoch, bestEpoch, (long) epoch * trainRows, seconds, warm);
        }

        private void tell(int epoch, List<Tensor> before) {
            int rows = Math.min(FORWARD_ROWS, design.rows());
            int[] first = new int[rows];
            Arrays.setAll(first, row -> row);
            watch.ifPresent(told -> told.epoch(
                    LayerStatistics.of(epoch, shape, before, engine.tensors(), features(first, 0, rows), rows)));
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

        /** Whether the validation rows' errors fell, row by row, by more than chance would make them fall. */
        private boolean isClearlyBetter() {
            if (clearSquares == null) {
                return true;
            }
            double sum = 0;
            double sumOfSquares = 0;
            for (int i = 0; i < squares.length; i++) {
                double gain = clearSquares[i] - squares[i];
                sum += gain;
                sumOfSquares += gain * gain;
            }
            double mean = sum / squares.length;
            double variance = Math.max(0, sumOfSquares / squares.length - mean * mean);
            return mean > Math.sqrt(variance / squares.length);
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
            boolean weighted = outputs > 1 || design.weighted();
            float[] labels = new float[rows * outputs];
            float[] weights = weighted ? new float[rows * outputs] : null;
            for (int i = 0; i < rows; i++) {
                int row = order[from + i];
                for (int member = 0; member < bootstrap.members(); member++) {
                    int at = i * outputs + member * design.outputs() + design.output(row);
                    labels[at] = (float) standardised(row);
                    if (weighted) {
                        weights[at] = (float) (design.weight(row) * bootstrap.count(row, member));
                    }
                }
                for (int at = i * outputs + shape.values(); at < (i + 1) * outputs; at++) {
                    labels[at] = (float) standardised(row);
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
            double sum = 0;
            int[] order = new int[FORWARD_ROWS];
            for (int from = trainRows; from < design.rows(); from += FORWARD_ROWS) {
                int rows = Math.min(FORWARD_ROWS, design.rows() - from);
                for (int i = 0; i < rows; i++) {
                    order[i] = from + i;
                }
                float[] predicted = engine.outputs(features(order, 0, rows), rows);
                for (int i = 0; i < rows; i++) {
                    int row = from + i;
                    double error = mean(predicted, i * outputs + design.output(row)) - standardised(row);
                    squares[row - trainRows] = error * error;
                    sum += error * error;
                }
            }
            engine.setParameters(last);
            return sum / squares.length;
        }

        private double standardised(int row) {
            return (design.target(row) - mean) / deviation;
        }

        private double[] outputs(float[] columns) {
            float[] raw = engine.outputs(columns, 1);
            double[] scaled = new double[design.outputs() + quantiles.size()];
            for (int i = 0; i < design.outputs(); i++) {
                scaled[i] = mean + deviation * mean(raw, i);
            }
            for (int q = 0; q < quantiles.size(); q++) {
                scaled[design.outputs() + q] = mean + deviation * raw[shape.values() + q];
            }
            return scaled;
        }

        /** Mean over the members of the output that stands at {@code first} for the first of them. */
        private double mean(float[] raw, int first) {
            double sum = 0;
            for (int member = 0; member < bootstrap.members(); member++) {
                sum += raw[first + member * design.outputs()];
            }
            return sum / bootstrap.members();
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
