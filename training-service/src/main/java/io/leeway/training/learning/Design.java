package io.leeway.training.learning;

import io.leeway.core.features.FeatureEncoder;
import io.leeway.core.features.FeatureSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Encoded rows with their targets, as learners read them. Keeps the columns that are not 0 only: with categories most are. Not
 * changed after it was filled; then thread safe.
 */
public final class Design {
    /** Far beyond what heavy tails of honest data reach often. */
    static final double FENCE = 10;

    private final FeatureEncoder encoder;
    private final List<String> heads;
    private final Map<String, Integer> headOf = new HashMap<>();
    private int rows;
    private int[] starts = new int[1024];
    private int[] columns = new int[16_384];
    private float[] values = new float[16_384];
    private int[] head = new int[1024];
    private double[] target = new double[1024];
    private double[] weight = new double[1024];
    private boolean weighted;

    /** @param heads actions with an output of their own; empty for the joint layout and regression */
    Design(FeatureSpec spec, List<String> heads) {
        this.encoder = new FeatureEncoder(spec);
        this.heads = List.copyOf(heads);
        for (String id : heads) {
            headOf.put(id, headOf.size());
        }
    }

    /** An empty one of the same columns and heads. */
    Design empty() {
        return new Design(encoder.spec(), heads);
    }

    /** Whether a row of this action can be added. */
    boolean has(String action) {
        return heads.isEmpty() || headOf.containsKey(action);
    }

    /** Appends a row; in a heads layout its action must be one of the heads. */
    void add(TrainingRow row) {
        add(row, 1);
    }

    /** @param rowWeight how much it counts, > 0 */
    void add(TrainingRow row, double rowWeight) {
        boolean joint = row.chosen() >= 0 && heads.isEmpty();
        float[] encoded = joint ? encoder.encode(row.context(), row.action()) : encoder.encode(row.context());
        if (rows + 1 >= starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
            head = Arrays.copyOf(head, 2 * head.length);
            target = Arrays.copyOf(target, 2 * target.length);
            weight = Arrays.copyOf(weight, 2 * weight.length);
        }
        int at = starts[rows];
        for (int column = 0; column < encoded.length; column++) {
            if (encoded[column] != 0) {
                if (at == columns.length) {
                    columns = Arrays.copyOf(columns, 2 * at);
                    values = Arrays.copyOf(values, 2 * at);
                }
                columns[at] = column;
                values[at++] = encoded[column];
            }
        }
        head[rows] = heads.isEmpty() ? 0 : headOf.get(row.action().id());
        target[rows] = row.reward();
        weight[rows] = rowWeight;
        weighted |= rowWeight != 1;
        starts[++rows] = at;
    }

    public FeatureSpec spec() {
        return encoder.spec();
    }

    public List<String> heads() {
        return heads;
    }

    public int rows() {
        return rows;
    }

    public int width() {
        return encoder.width();
    }

    /** Outputs of a model of this design. */
    public int outputs() {
        return Math.max(1, heads.size());
    }

    /** Which output the row's target belongs to. */
    public int output(int row) {
        return head[row];
    }

    public double target(int row) {
        return target[row];
    }

    /** Whether some rows count more than others. */
    public boolean weighted() {
        return weighted;
    }

    /** How much the row counts; 1 on average after {@link #balance}. */
    public double weight(int row) {
        return weight[row];
    }

    /** Scales the weights so that the first rows have a mean weight of 1. */
    void balance(int firstRows) {
        if (!weighted) {
            return;
        }
        double sum = 0;
        for (int i = 0; i < firstRows; i++) {
            sum += weight[i];
        }
        double factor = sum > 0 ? firstRows / sum : 1;
        for (int i = 0; i < rows; i++) {
            weight[i] *= factor;
        }
    }

    /**
     * Moves targets that lie beyond the far fences, {@link #FENCE} times the distance of the quartiles outside of them, onto the
     * fences: a broken meter must not rule what is learned. The fences come from the first rows; without a distance there are none.
     *
     * @return how many were moved
     * @see "Tukey, Exploratory Data Analysis, 1977, chapter 2"
     */
    int winsorise(int firstRows) {
        double[] sorted = Arrays.copyOf(target, firstRows);
        Arrays.sort(sorted);
        double lower = sorted[(firstRows - 1) / 4];
        double upper = sorted[(int) ((firstRows - 1) * 3L / 4)];
        double distance = FENCE * (upper - lower);
        if (!(distance > 0)) {
            return 0;
        }
        int moved = 0;
        for (int i = 0; i < rows; i++) {
            double kept = Math.max(lower - distance, Math.min(upper + distance, target[i]));
            moved += kept == target[i] ? 0 : 1;
            target[i] = kept;
        }
        return moved;
    }

    /** Adds the row's columns to {@code dense}, which is 0 from {@code offset} on. */
    public void fill(int row, float[] dense, int offset) {
        for (int i = starts[row]; i < starts[row + 1]; i++) {
            dense[offset + columns[i]] = values[i];
        }
    }

    double leastTarget() {
        return Arrays.stream(target, 0, rows).min().orElseThrow();
    }

    double mostTarget() {
        return Arrays.stream(target, 0, rows).max().orElseThrow();
    }

    /** Mean of the targets of the first rows. */
    public double targetMean(int firstRows) {
        double sum = 0;
        for (int i = 0; i < firstRows; i++) {
            sum += target[i];
        }
        return sum / firstRows;
    }

    /** Standard deviation of the targets of the first rows; 1 if they are all the same. */
    public double targetStandardDeviation(int firstRows) {
        double mean = targetMean(firstRows);
        double squares = 0;
        for (int i = 0; i < firstRows; i++) {
            squares += (target[i] - mean) * (target[i] - mean);
        }
        double deviation = Math.sqrt(squares / firstRows);
        return deviation > 1e-12 * Math.max(1, Math.abs(mean)) ? deviation : 1;
    }
}
