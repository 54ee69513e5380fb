package io.leeway.core.model;

import io.leeway.core.features.HashedRow;
import io.leeway.core.model.HashedLayout.RidgeLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bayesian linear regressions per action as they answer. Thread-safe. */
final class RidgeScorer extends RowScorer implements UncertainScorer {
    /** Values beyond this count as this. */
    private static final double LARGEST = 1e100;

    private final RidgeLayout layout;
    private final int width;
    private final IntTable columns;
    private final boolean[] numbers;
    private final Map<String, Integer> places = new HashMap<>();
    private final float[] weight;
    private final double[] mean;
    private final double[] rate;
    private final float[] factor;
    private final ThreadLocal<Buffers> buffers;

    RidgeScorer(Artifact artifact, RidgeLayout layout) {
        super(artifact.description());
        this.layout = layout;
        this.width = layout.width();
        this.columns = new IntTable(
                layout.features().stream().mapToInt(Integer::intValue).toArray());
        this.numbers = new boolean[width];
        for (int i = 1; i < width; i++) {
            numbers[i] = layout.numbers().get(i - 1);
        }
        for (String action : layout.actions()) {
            places.put(action, places.size());
        }
        this.weight = artifact.tensor("weight").data().toArray();
        this.mean = pairs(artifact.tensor("mean"));
        this.rate = pairs(artifact.tensor("rate"));
        this.factor = layout.posterior() ? artifact.tensor("factor").data().toArray() : null;
        this.buffers = ThreadLocal.withInitial(() -> new Buffers(width));
    }

    /** Sums of two floats each. */
    private static double[] pairs(Tensor tensor) {
        double[] sums = new double[tensor.data().size() / 2];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = (double) tensor.data().get(2 * i) + tensor.data().get(2 * i + 1);
        }
        return sums;
    }

    private static final class Buffers {
        private final double[] row;
        private final double[] standardised;

        private Buffers(int width) {
            row = new double[width];
            standardised = new double[width];
        }
    }

    @Override
    public void scoreRows(HashedRow context, List<HashedRow> actions, List<String> ids, int count, double[] scores) {
        score(context, ids, count, scores, null);
    }

    @Override
    public SampledScorer sampled() {
        return new RidgeDraws(this);
    }

    /** Means, and deviations of the posterior; deviations are 0 without one. */
    void scoreAndDeviation(HashedRow context, List<String> ids, double[] means, double[] deviations) {
        score(context, ids, ids.size(), means, deviations);
    }

    private void score(HashedRow context, List<String> ids, int count, double[] scores, double[] deviations) {
        Buffers own = buffers.get();
        fill(context, own.row);
        for (int i = 0; i < count; i++) {
            int arm = places.getOrDefault(ids.get(i), layout.actions().size());
            double score = mean(arm, own);
            scores[i] = Math.max(layout.least(), Math.min(layout.most(), score));
            if (deviations != null) {
                deviations[i] = layout.posterior() ? layout.unit() * Math.sqrt(variance(arm, own.standardised)) : 0;
            }
        }
    }

    /** The values as they came; a missing number is NaN. */
    private void fill(HashedRow context, double[] row) {
        row[0] = 1;
        for (int column = 1; column < width; column++) {
            row[column] = numbers[column] ? Double.NaN : 0;
        }
        for (int i = 0; i < context.size(); i++) {
            int column = column(context.index(i));
            if (column >= 0) {
                row[column] = Double.isNaN(row[column]) ? context.value(i) : row[column] + context.value(i);
            }
        }
    }

    private int column(int feature) {
        int place = columns.find(feature);
        if (place >= 0) {
            return place + 1;
        }
        int most = layout.maximumColumns();
        return width < most ? -1 : 1 + Math.floorMod(feature * 0x9e3779b9 >>> 3, most - 1);
    }

    private double mean(int arm, Buffers own) {
        int from = arm * width;
        double limit = layout.limit();
        double[] standardised = own.standardised;
        standardised[0] = 1;
        double sum = weight[from];
        for (int i = 1; i < width; i++) {
            double bounded = Math.max(-LARGEST, Math.min(LARGEST, own.row[i]));
            double value = (bounded - mean[from + i]) * rate[from + i];
            // False for a missing number.
            value = Math.abs(value) <= limit ? value : value > 0 ? limit : value < 0 ? -limit : 0;
            standardised[i] = value;
            sum += weight[from + i] * value;
        }
        return sum;
    }

    /** The square of the row's length in the posterior; overwrites the row. */
    private double variance(int arm, double[] row) {
        int at = arm * (width * (width + 1) / 2);
        double sum = 0;
        for (int j = 0; j < width; j++) {
            double y = row[j] / factor[at];
            sum += y * y;
            if (y != 0) {
                for (int i = 1; i < width - j; i++) {
                    row[j + i] -= y * factor[at + i];
                }
            }
            at += width - j;
        }
        return sum;
    }
}
