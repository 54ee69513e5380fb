package io.leeway.core.evaluation;

import io.leeway.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Betting against a claimed mean m: the capital of a bet is the product of 1 + share (y / m - 1). For values that share one mean.
 *
 * <p>As the shares are fixed, the order of the values does not matter, so that a histogram is all that is kept. It is exact up to
 * {@link #MOST_KNOTS} different values; beyond, a value's mass is split between its two neighbours so that the mean stays: the
 * logarithm is concave, hence the capital that is told is never more than what was won, and every guarantee holds. O(log) time per
 * value, O(1) memory; a look costs one pass over the histogram per bet.
 *
 * @see "Waudby-Smith and Ramdas, Estimating means of bounded random variables by betting, JRSS B 86, 2024, 1-27"
 * @see "Waudby-Smith, Wu, Ramdas, Karampatziakis and Mineiro, Anytime-valid off-policy inference for contextual bandits, 2022"
 */
final class BettingSequence implements MeanSequence {
    static final int MOST_KNOTS = 512;

    private static final int KEPT_KNOTS = 256;

    private final TreeMap<Double, Double> mass = new TreeMap<>();
    private double[] values = {};
    private double[] masses = {};
    private boolean stale;

    @Override
    public void add(double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("must be finite and >= 0: value=" + value);
        }
        mass.merge(value, 1.0, Double::sum);
        if (mass.size() > MOST_KNOTS) {
            compress();
        }
        stale = true;
    }

    @Override
    public double logCapital(double mean) {
        refresh();
        if (!(mean > 0)) {
            return values.length > 0 && values[values.length - 1] > 0 ? Double.POSITIVE_INFINITY : 0;
        }
        double[] logs = new double[Bets.COUNT];
        for (int bet = 0; bet < logs.length; bet++) {
            double share = Bets.share(bet);
            for (int i = 0; i < values.length; i++) {
                logs[bet] += masses[i] * Math.log1p(share * (values[i] / mean - 1));
            }
        }
        return Bets.logOfMixture(logs);
    }

    @Override
    public Map<String, Object> toJson() {
        return Map.of("values", List.copyOf(mass.keySet()), "masses", List.copyOf(mass.values()));
    }

    static BettingSequence fromJson(JsonObject json) {
        double[] values = json.numbers("values");
        double[] masses = json.numbers("masses");
        if (values.length != masses.length || values.length > MOST_KNOTS) {
            throw new IllegalArgumentException("must be one mass per value and <= " + MOST_KNOTS + ": values="
                    + values.length + " masses=" + masses.length);
        }
        BettingSequence restored = new BettingSequence();
        for (int i = 0; i < values.length; i++) {
            restored.mass.put(values[i], masses[i]);
        }
        restored.stale = true;
        return restored;
    }

    private void refresh() {
        if (stale) {
            values = mass.keySet().stream().mapToDouble(Double::doubleValue).toArray();
            masses = mass.values().stream().mapToDouble(Double::doubleValue).toArray();
            stale = false;
        }
    }

    /** Takes away the knots whose splitting adds the least variance; the smallest and the largest stay. */
    private void compress() {
        List<Double> knots = new ArrayList<>(mass.keySet());
        List<Map.Entry<Double, Double>> costs = new ArrayList<>();
        for (int i = 1; i < knots.size() - 1; i++) {
            double knot = knots.get(i);
            double cost = mass.get(knot) * (knot - knots.get(i - 1)) * (knots.get(i + 1) - knot);
            costs.add(Map.entry(knot, cost));
        }
        costs.sort(Map.Entry.<Double, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
        for (int i = 0; mass.size() > KEPT_KNOTS; i++) {
            split(costs.get(i).getKey());
        }
    }

    private void split(double knot) {
        double moved = mass.remove(knot);
        double below = mass.lowerKey(knot);
        double above = mass.higherKey(knot);
        double up = (knot - below) / (above - below);
        mass.merge(below, moved * (1 - up), Double::sum);
        mass.merge(above, moved * up, Double::sum);
    }
}
