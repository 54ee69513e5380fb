package io.leeway.core.promotion;

import io.leeway.core.features.FeatureSpec;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether a data set is fit to learn from: enough rows, rewards that differ, the inputs that serving has, not dominated by one day, and
 * for a bandit at least two actions that were taken, none of which dominates, and logs that cover the actions. Give it every row, then
 * ask. Not thread-safe.
 *
 * <p>Covering is measured by the effective sample size of a policy that takes all eligible actions alike, weighted by how the logging
 * policy took them: it is small when a few rows stand for most of the actions.
 */
public final class DataGate {
    public static final String NAME = "data";

    private static final int WEEK = 7;

    private final boolean bandit;
    private final Schema schema = new Schema();
    private final Map<String, Integer> taken = new HashMap<>();
    private final TreeMap<LocalDate, Integer> days = new TreeMap<>();
    private int rows;
    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;
    private double weights;
    private double squaredWeights;

    public DataGate(boolean bandit) {
        this.bandit = bandit;
    }

    public void add(JudgedRow row) {
        rows++;
        smallest = Math.min(smallest, row.reward());
        largest = Math.max(largest, row.reward());
        days.merge(LocalDate.ofInstant(row.time(), ZoneOffset.UTC), 1, Integer::sum);
        if (bandit) {
            taken.merge(row.action().id(), 1, Integer::sum);
            double weight = 1 / (row.actions().size() * row.probability());
            weights += weight;
            squaredWeights += weight * weight;
        }
    }

    /** One of the newest rows, whose inputs are those that requests of now must have. */
    public void addNewest(JudgedRow row) {
        schema.row(row.context());
    }

    /** The context of a request as it was served lately. */
    public void addRequest(Map<String, Object> context) {
        schema.request(context);
    }

    /** The inputs that the champion reads. */
    public void expect(FeatureSpec champion) {
        schema.expect(champion);
    }

    public Verdict verdict(DataLimits limits) {
        double effective = squaredWeights == 0 ? 0 : weights * weights / squaredWeights;
        List<String> schemaFaults = schema.faults();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("rows", rows);
        figures.put("minimumRows", limits.rows());
        if (rows > 0) {
            figures.put("smallestReward", smallest);
            figures.put("largestReward", largest);
            figures.put("days", days.size());
            figures.put("busiestDayShare", busiest() / (double) rows);
        }
        if (bandit) {
            figures.put("actionsTaken", taken.size());
            figures.put("effectiveSampleSize", effective);
        }
        figures.put("requests", schema.requests());
        if (!schemaFaults.isEmpty()) {
            figures.put("schemaFaults", schemaFaults);
        }
        String fault = fault(limits, effective, schemaFaults);
        return new Verdict(NAME, fault == null, fault == null ? "enough to learn from" : fault, figures);
    }

    private String fault(DataLimits limits, double effective, List<String> schemaFaults) {
        if (rows < limits.rows()) {
            return "too few rows: " + rows + " of " + limits.rows();
        }
        if (!(largest > smallest)) {
            return "all rewards are the same: " + smallest;
        }
        if (bandit && taken.size() < 2) {
            return "only one action was ever taken: " + taken.keySet();
        }
        if (bandit && effective < limits.effectiveSampleSize()) {
            return String.format(
                    Locale.ROOT,
                    "the logs hardly cover the actions: effective sample size %.1f of %.1f",
                    effective,
                    limits.effectiveSampleSize());
        }
        if (bandit) {
            Map.Entry<String, Integer> most =
                    taken.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
            if (most.getValue() > limits.actionShare() * rows) {
                return dominated("one action", most.getKey(), most.getValue(), limits.actionShare());
            }
        }
        if (span() >= WEEK && busiest() > limits.dayShare() * rows) {
            return dominated("one day", busiestDay().toString(), busiest(), limits.dayShare());
        }
        return schemaFaults.isEmpty() ? null : schemaFaults.get(0);
    }

    private String dominated(String by, String name, int count, double most) {
        return String.format(
                Locale.ROOT,
                "dominated by %s: %s has %.1f %% of the rows, at most %.1f %%",
                by,
                name,
                100.0 * count / rows,
                100 * most);
    }

    private long span() {
        return ChronoUnit.DAYS.between(days.firstKey(), days.lastKey()) + 1;
    }

    private int busiest() {
        return days.get(busiestDay());
    }

    private LocalDate busiestDay() {
        return days.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }
}
