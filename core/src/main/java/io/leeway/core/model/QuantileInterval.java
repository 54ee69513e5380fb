package io.leeway.core.model;

import io.leeway.core.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Intervals between two quantiles that a network states itself for each input, either moved so that they hold a stated share of the
 * values: conformalised quantile regression. Immutable.
 *
 * <p>Made, as {@link PredictionInterval} is, from rows that came after those that the model learned from. Rows that follow each other are
 * alike and what comes next is not: what is aimed at is the level plus one standard error of predicting the share of a further block, of
 * which the error of the mean over consecutive blocks is one part and their deviation that is more than chance the other.
 *
 * @param level share of the values that are to lie within, in (0, 1)
 * @param below by how much the lower end moves down, as a share of the distance of the quantiles; negative inwards
 * @param above by how much the upper end moves up
 * @see "Romano, Patterson and Candes, Conformalized quantile regression, NeurIPS 2019 (theorem 2: either end by itself)"
 * @see "Sesia and Candes, A comparison of some conformal quantile regression methods, Stat 9, 2020, e261 (distances in widths)"
 */
public record QuantileInterval(double level, double below, double above) {
    private static final int FEWEST_ROWS = 100;
    private static final int BLOCKS = 10;
    private static final double MOST = 0.999;
    /** Both ends meet in the middle. */
    private static final double LEAST = -0.5;

    public QuantileInterval {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("must be in (0, 1): level=" + level);
        }
        if (!(below >= LEAST && above >= LEAST && Double.isFinite(below + above))) {
            throw new IllegalArgumentException("must be >= " + LEAST + ": below=" + below + " above=" + above);
        }
    }

    /** Before anything was moved. */
    public static QuantileInterval raw(double level) {
        return new QuantileInterval(level, 0, 0);
    }

    /**
     * The interval of one input; quantiles that have crossed are taken the other way round, and before anything is moved it holds the
     * prediction.
     *
     * @param lower quantile as the network states it
     * @param upper quantile
     */
    public Forecast.Bounds around(double prediction, double lower, double upper) {
        double least = Math.min(prediction, Math.min(lower, upper));
        double most = Math.max(prediction, Math.max(lower, upper));
        double width = most - least;
        double low = least - below * width;
        return new Forecast.Bounds(level, low, Math.max(low, most + above * width));
    }

    /**
     * Learns from rows in the order of time; empty if there are too few.
     *
     * @param stated unmoved intervals of rows that the model did not learn from
     */
    public static Optional<QuantileInterval> learn(double level, Forecast.Bounds[] stated, double[] observed) {
        int rows = observed.length;
        if (rows < FEWEST_ROWS) {
            return Optional.empty();
        }
        double[] under = new double[rows];
        double[] over = new double[rows];
        for (int i = 0; i < rows; i++) {
            double width = Math.max(stated[i].width(), 1e-9);
            under[i] = (stated[i].lower() - observed[i]) / width;
            over[i] = (observed[i] - stated[i].upper()) / width;
        }
        QuantileInterval plain = at(level, level, under, over);
        double whole = plain.share(under, over, 0, rows);
        double squares = 0;
        for (int block = 0; block < BLOCKS; block++) {
            int from = (int) ((long) rows * block / BLOCKS);
            int to = (int) ((long) rows * (block + 1) / BLOCKS);
            double difference = plain.share(under, over, from, to) - whole;
            squares += difference * difference;
        }
        double variance = squares / (BLOCKS - 1);
        double chance = whole * (1 - whole) * BLOCKS / rows;
        double aim = level + Math.sqrt(variance / BLOCKS + Math.max(0, variance - chance));
        return Optional.of(at(level, Math.min(MOST, aim), under, over));
    }

    private static QuantileInterval at(double level, double aim, double[] under, double[] over) {
        double tail = 1 - (1 - aim) / 2;
        return new QuantileInterval(level, at(tail, under), at(tail, over));
    }

    /** The order statistic that holds the aim for a new row too, which is one more than were seen. */
    private static double at(double aim, double[] distances) {
        double[] sorted = distances.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(aim * (sorted.length + 1));
        return Math.max(LEAST, sorted[Math.min(sorted.length, rank) - 1]);
    }

    private double share(double[] under, double[] over, int from, int to) {
        int within = 0;
        for (int i = from; i < to; i++) {
            within += under[i] <= below && over[i] <= above ? 1 : 0;
        }
        return (double) within / (to - from);
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("level", level);
        json.put("below", below);
        json.put("above", above);
        return json;
    }

    /** The intervals that a model with quantiles states, if it does. */
    static Optional<QuantileInterval> of(ModelDescription model) {
        JsonObject defaults = JsonObject.of(model.policyDefaults());
        if (!defaults.has(PredictionInterval.NAME)) {
            return Optional.empty();
        }
        return Optional.of(fromJson(defaults.object(PredictionInterval.NAME)));
    }

    public static QuantileInterval fromJson(JsonObject json) {
        return new QuantileInterval(json.number("level"), json.number("below"), json.number("above"));
    }
}
