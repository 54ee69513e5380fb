package io.leeway.core.model;

import io.leeway.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Intervals around predictions that hold a stated share of the values, whatever their distribution: split conformal prediction, apart
 * for small and large predictions, because errors usually grow with what is predicted. Immutable.
 *
 * <p>Made from rows that came after those that the model learned from. Rows that follow each other are alike, so the share that a
 * month of rows shows says less than its number suggests: what is aimed at is the level plus one standard error of the share between
 * consecutive blocks.
 *
 * @param level share of the values that are to lie within, in (0, 1)
 * @param edges ascending predictions that divide the bins; one fewer than bins
 * @param lower by bin, what is added to the prediction for the lower end
 * @param upper by bin, what is added for the upper end
 * @see "Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World, 2005, sections 2.2 and 4.5"
 */
public record PredictionInterval(double level, List<Double> edges, List<Double> lower, List<Double> upper) {
    /** Where it stands among a model's policy defaults. */
    public static final String NAME = "interval";

    private static final int MOST_BINS = 10;
    private static final int FEWEST_ROWS = 100;
    private static final int BLOCKS = 10;
    /** Beyond this an interval would have to hold everything. */
    private static final double MOST = 0.999;

    public PredictionInterval {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("must be in (0, 1): level=" + level);
        }
        edges = List.copyOf(edges);
        lower = List.copyOf(lower);
        upper = List.copyOf(upper);
        if (lower.size() != edges.size() + 1 || upper.size() != lower.size()) {
            throw new IllegalArgumentException("must be one more than the edges: bins=" + lower.size() + " and "
                    + upper.size() + " edges=" + edges.size());
        }
        for (int bin = 0; bin < lower.size(); bin++) {
            if (!(lower.get(bin) <= upper.get(bin))) {
                throw new IllegalArgumentException(
                        "must be lower <= upper: bin=" + bin + " lower=" + lower.get(bin) + " upper=" + upper.get(bin));
            }
        }
    }

    /**
     * Learns from rows in the order of time; empty if there are too few.
     *
     * @param predicted for rows that the model did not learn from
     */
    public static Optional<PredictionInterval> learn(double level, double[] predicted, double[] observed) {
        if (predicted.length < FEWEST_ROWS) {
            return Optional.empty();
        }
        PredictionInterval plain = at(level, level, predicted, observed);
        int rows = predicted.length;
        double squares = 0;
        double whole = plain.coverage(predicted, observed, 0, rows);
        for (int block = 0; block < BLOCKS; block++) {
            int from = (int) ((long) rows * block / BLOCKS);
            int to = (int) ((long) rows * (block + 1) / BLOCKS);
            double difference = plain.coverage(predicted, observed, from, to) - whole;
            squares += difference * difference;
        }
        double error = Math.sqrt(squares / (BLOCKS - 1) / BLOCKS);
        return Optional.of(at(level, Math.min(MOST, level + error), predicted, observed));
    }

    private static PredictionInterval at(double level, double aim, double[] predicted, double[] observed) {
        int bins = Math.max(1, Math.min(MOST_BINS, predicted.length / FEWEST_ROWS));
        double[] sorted = predicted.clone();
        Arrays.sort(sorted);
        List<Double> edges = new ArrayList<>();
        for (int bin = 1; bin < bins; bin++) {
            double edge = sorted[(int) ((long) sorted.length * bin / bins)];
            // Predictions that repeat would make a bin without rows.
            if (edge > sorted[0] && (edges.isEmpty() || edge > edges.get(edges.size() - 1))) {
                edges.add(edge);
            }
        }
        List<Double> lower = new ArrayList<>();
        List<Double> upper = new ArrayList<>();
        for (int bin = 0; bin <= edges.size(); bin++) {
            double[] errors = errors(edges, bin, predicted, observed);
            double tail = (1 - aim) / 2;
            // The order statistics that hold the aim for a new row too, which is one more than were seen.
            int below = (int) Math.floor((errors.length + 1) * tail);
            lower.add(errors[Math.max(0, below - 1)]);
            upper.add(errors[Math.min(errors.length - 1, errors.length - below)]);
        }
        return new PredictionInterval(level, edges, lower, upper);
    }

    private static double[] errors(List<Double> edges, int bin, double[] predicted, double[] observed) {
        double[] errors = new double[predicted.length];
        int count = 0;
        for (int i = 0; i < predicted.length; i++) {
            if (bin(edges, predicted[i]) == bin) {
                errors[count++] = observed[i] - predicted[i];
            }
        }
        errors = Arrays.copyOf(errors, count);
        Arrays.sort(errors);
        return errors;
    }

    /** Lower end of the interval around a prediction. */
    public double lowerEnd(double prediction) {
        return prediction + lower.get(bin(edges, prediction));
    }

    /** Upper end of the interval around a prediction. */
    public double upperEnd(double prediction) {
        return prediction + upper.get(bin(edges, prediction));
    }

    /** The interval around a prediction. */
    public Forecast.Bounds around(double prediction) {
        return new Forecast.Bounds(level, lowerEnd(prediction), upperEnd(prediction));
    }

    /** Share of the values within their intervals. */
    public double coverage(double[] predicted, double[] observed) {
        return coverage(predicted, observed, 0, predicted.length);
    }

    private double coverage(double[] predicted, double[] observed, int from, int to) {
        int within = 0;
        for (int i = from; i < to; i++) {
            if (observed[i] >= lowerEnd(predicted[i]) && observed[i] <= upperEnd(predicted[i])) {
                within++;
            }
        }
        return (double) within / (to - from);
    }

    private static int bin(List<Double> edges, double prediction) {
        int bin = 0;
        while (bin < edges.size() && prediction >= edges.get(bin)) {
            bin++;
        }
        return bin;
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("level", level);
        json.put("edges", edges);
        json.put("lower", lower);
        json.put("upper", upper);
        return json;
    }

    /** The intervals that a model states, if it does. */
    public static Optional<PredictionInterval> of(ModelDescription model) {
        JsonObject defaults = JsonObject.of(model.policyDefaults());
        if (!defaults.has(NAME)) {
            return Optional.empty();
        }
        return Optional.of(fromJson(defaults.object(NAME)));
    }

    public static PredictionInterval fromJson(JsonObject json) {
        return new PredictionInterval(
                json.number("level"),
                boxed(json.numbers("edges")),
                boxed(json.numbers("lower")),
                boxed(json.numbers("upper")));
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
