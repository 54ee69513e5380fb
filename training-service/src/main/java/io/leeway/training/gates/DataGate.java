package io.leeway.training.gates;

import io.leeway.contracts.rest.GateVerdict;
import io.leeway.training.learning.TrainingRow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether a data set is fit to learn from: enough rows, rewards that differ, and for a bandit at least two actions that were taken
 * and logs that cover the actions. Give it every row, then ask. Not thread safe.
 *
 * <p>Covering is measured by the effective sample size of a policy that takes all eligible actions alike, weighted by how the
 * logging policy took them: it is small when a few rows stand for most of the actions.
 */
public final class DataGate {
    public static final String NAME = "data";

    private final boolean bandit;
    private final Map<String, Integer> taken = new HashMap<>();
    private int rows;
    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;
    private double weights;
    private double squaredWeights;

    public DataGate(boolean bandit) {
        this.bandit = bandit;
    }

    public void add(TrainingRow row) {
        rows++;
        smallest = Math.min(smallest, row.reward());
        largest = Math.max(largest, row.reward());
        if (bandit) {
            taken.merge(row.action().id(), 1, Integer::sum);
            double weight = 1 / (row.actions().size() * row.probability());
            weights += weight;
            squaredWeights += weight * weight;
        }
    }

    public GateVerdict verdict(int minimumRows, double minimumEffectiveSampleSize) {
        double effective = squaredWeights == 0 ? 0 : weights * weights / squaredWeights;
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("rows", rows);
        figures.put("minimumRows", minimumRows);
        if (rows > 0) {
            figures.put("smallestReward", smallest);
            figures.put("largestReward", largest);
        }
        if (bandit) {
            figures.put("actionsTaken", taken.size());
            figures.put("effectiveSampleSize", effective);
        }
        String fault = fault(minimumRows, effective, minimumEffectiveSampleSize);
        return new GateVerdict(NAME, fault == null, fault == null ? "enough to learn from" : fault, figures);
    }

    private String fault(int minimumRows, double effective, double minimumEffective) {
        if (rows < minimumRows) {
            return "too few rows: " + rows + " of " + minimumRows;
        }
        if (!(largest > smallest)) {
            return "all rewards are the same: " + smallest;
        }
        if (bandit && taken.size() < 2) {
            return "only one action was ever taken: " + taken.keySet();
        }
        if (bandit && effective < minimumEffective) {
            return String.format(
                    java.util.Locale.ROOT,
                    "the logs hardly cover the actions: effective sample size %.1f of %.1f",
                    effective,
                    minimumEffective);
        }
        return null;
    }
}
