package io.leeway.training.learning;

import io.leeway.core.bandit.RidgeRegression;
import io.leeway.core.model.Layout;
import io.leeway.core.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ridge regression: one fit per head, or one over the joint columns. A head without rows predicts the mean of all targets. */
final class LinearLearner implements Learner {
    @Override
    public Fit fit(Design design, int trainRows, Hyperparameters wanted, Progress progress) {
        long start = System.nanoTime();
        int width = design.width();
        int outputs = design.outputs();
        float[] weight = new float[outputs * width];
        float[] bias = new float[outputs];
        // There are no epochs to stop: the rows kept for that are learned from too.
        int rows = design.rows();
        double mean = design.targetMean(rows);
        for (int output = 0; output < outputs; output++) {
            List<Integer> own = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                if (design.output(row) == output) {
                    own.add(row);
                }
            }
            if (own.isEmpty()) {
                bias[output] = (float) mean;
                continue;
            }
            RidgeRegression.LinearFit fit = fit(design, own, width, wanted.l2());
            for (int column = 0; column < width; column++) {
                weight[output * width + column] = (float) fit.weight(column);
            }
            bias[output] = (float) fit.bias();
        }
        progress.epoch(1, 1, Double.NaN, Double.NaN);
        List<Tensor> tensors = List.of(Tensor.of("weight", weight, outputs, width), Tensor.of("bias", bias, outputs));
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Fit(
                new Layout.LinearLayout(),
                tensors,
                columns -> outputs(weight, bias, columns),
                List.of(),
                1,
                1,
                rows,
                seconds,
                false);
    }

    private static RidgeRegression.LinearFit fit(Design design, List<Integer> own, int width, double l2) {
        float[][] x = new float[own.size()][width];
        double[] y = new double[own.size()];
        double[] weights = design.weighted() ? new double[own.size()] : null;
        for (int i = 0; i < y.length; i++) {
            design.fill(own.get(i), x[i], 0);
            y[i] = design.target(own.get(i));
            if (weights != null) {
                weights[i] = design.weight(own.get(i));
            }
        }
        // Without any penalty a category that always holds would make the columns dependent.
        return RidgeRegression.fit(x, y, weights, Math.max(l2, 1e-6));
    }

    private static double[] outputs(float[] weight, float[] bias, float[] columns) {
        double[] outputs = new double[bias.length];
        for (int output = 0; output < outputs.length; output++) {
            double sum = bias[output];
            for (int column = 0; column < columns.length; column++) {
                sum += (double) weight[output * columns.length + column] * columns[column];
            }
            outputs[output] = sum;
        }
        return outputs;
    }

    @Override
    public String backend() {
        return "java";
    }

    @Override
    public Map<String, String> libraryVersions() {
        return Map.of();
    }
}
