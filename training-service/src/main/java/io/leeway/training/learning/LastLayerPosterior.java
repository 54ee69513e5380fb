package io.leeway.training.learning;

import io.leeway.core.bandit.expert.Cholesky;
import io.leeway.core.model.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Laplace approximation of what the rows leave open about the last layer: for each output a Gaussian around the weights that were
 * learned, whose precision is that of a linear regression on the values of the last hidden layer. Before any row was seen a predicted
 * reward has the deviation of the rewards. Draws come in pairs that lie
 * opposite each other, so that their mean is what was learned.
 *
 * @see "Riquelme, Tucker and Snoek, Deep Bayesian bandits showdown, ICLR 2018"
 * @see "Daxberger et al., Laplace redux, NeurIPS 2021"
 */
final class LastLayerPosterior {
    private static final int ROWS = 512;

    private final Design design;
    private final List<Tensor> tensors;
    private final double mean;
    private final double deviation;
    private final NetworkEngine.Shape shape;

    /**
     * @param tensors of a network of one output for each of the design's
     * @param mean of the targets, as the network has it
     * @param deviation of the targets
     */
    LastLayerPosterior(Design design, List<Tensor> tensors, double mean, double deviation) {
        this.design = design;
        this.tensors = tensors;
        this.mean = mean;
        this.deviation = deviation;
        List<Integer> hidden = new ArrayList<>();
        for (int layer = 1; layer < tensors.size() - 2; layer += 2) {
            hidden.add(tensors.get(layer).data().size());
        }
        this.shape = new NetworkEngine.Shape(design.width(), hidden, design.outputs(), 0);
    }

    /** The same network with this many last layers. */
    List<Tensor> draw(int members, long seed) {
        int last = shape.layers() - 1;
        int units = shape.in(last);
        int outputs = design.outputs();
        float[] weight = tensors.get(2 * last).data().toArray();
        float[] bias = tensors.get(2 * last + 1).data().toArray();
        double[][] factors = inverseFactors(units);
        float[] weights = new float[units * members * outputs];
        float[] biases = new float[members * outputs];
        SplittableRandom random = new SplittableRandom(seed);
        for (int output = 0; output < outputs; output++) {
            double[] step = new double[units + 1];
            for (int member = 0; member < members; member++) {
                boolean unpaired = member == members - 1 && member % 2 == 0;
                if (member % 2 == 0) {
                    step = unpaired ? new double[units + 1] : draw(factors[output], units + 1, random);
                }
                int sign = member % 2 == 0 ? 1 : -1;
                int to = member * outputs + output;
                for (int i = 0; i < units; i++) {
                    weights[i * members * outputs + to] = (float) (weight[i * outputs + output] + sign * step[i]);
                }
                biases[to] = (float) (bias[output] + sign * step[units]);
            }
        }
        List<Tensor> drawn = new ArrayList<>(tensors.subList(0, 2 * last));
        drawn.add(Tensor.of("layer" + last + ".weight", weights, units, members * outputs));
        drawn.add(Tensor.of("layer" + last + ".bias", biases, members * outputs));
        return drawn;
    }

    /** By output, what turns standard normals into ones with the inverse of the precision of its weights and bias as covariance. */
    private double[][] inverseFactors(int units) {
        int size = units + 1;
        double[][] sums = new double[design.outputs()][size * size];
        double squares = 0;
        double count = 0;
        double norms = 0;
        PlainEngine network = new PlainEngine(shape, tensors);
        for (int from = 0; from < design.rows(); from += ROWS) {
            int rows = Math.min(ROWS, design.rows() - from);
            float[] features = new float[rows * design.width()];
            for (int i = 0; i < rows; i++) {
                design.fill(from + i, features, i * design.width());
            }
            float[][] values = network.layers(features, rows);
            float[] hidden = values[shape.layers() - 1];
            float[] predicted = values[shape.layers()];
            for (int i = 0; i < rows; i++) {
                int row = from + i;
                double weight = design.weight(row);
                double error =
                        predicted[i * design.outputs() + design.output(row)] - (design.target(row) - mean) / deviation;
                squares += weight * error * error;
                count += weight;
                norms += weight;
                for (int unit = i * units; unit < (i + 1) * units; unit++) {
                    norms += weight * hidden[unit] * hidden[unit];
                }
                add(sums[design.output(row)], hidden, i * units, units, weight);
            }
        }
        double noise = Math.max(1e-4, squares / count);
        double prior = norms / count;
        double[][] factors = new double[sums.length][];
        for (int output = 0; output < sums.length; output++) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j <= i; j++) {
                    sums[output][i * size + j] = sums[output][i * size + j] / noise + (i == j ? prior : 0);
                }
            }
            factors[output] = Cholesky.inverseFactor(sums[output], size);
        }
        return factors;
    }

    /** Adds a row's outer product, the lower half of it; the last place is the bias. */
    private static void add(double[] sum, float[] hidden, int at, int units, double weight) {
        int size = units + 1;
        for (int i = 0; i < units; i++) {
            double value = weight * hidden[at + i];
            if (value != 0) {
                for (int j = 0; j <= i; j++) {
                    sum[i * size + j] += value * hidden[at + j];
                }
                sum[units * size + i] += value;
            }
        }
        sum[units * size + units] += weight;
    }

    /** A normal vector; the factor is an upper triangle. */
    private static double[] draw(double[] factor, int size, SplittableRandom random) {
        double[] normal = new double[size];
        Arrays.setAll(normal, i -> random.nextGaussian());
        double[] draw = new double[size];
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                draw[i] += factor[i * size + j] * normal[j];
            }
        }
        return draw;
    }
}
