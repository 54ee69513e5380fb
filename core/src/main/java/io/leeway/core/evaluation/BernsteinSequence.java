package io.leeway.core.evaluation;

import io.leeway.core.json.JsonObject;
import java.util.Map;

/**
 * Empirical Bernstein evidence for the running average of means that may change from value to value, as those of a policy that
 * learns do. O(1) time and memory per value.
 *
 * <p>With a prediction p made before y and scale s >= p, the mixture over shares l of exp(l (y - mean) / s - psi(l) ((y - p) / s)^2),
 * psi(l) = -log(1 - l) - l, multiplied over the values, is a supermartingale (Fan's inequality; y needs no upper bound).
 *
 * @see "Howard, Ramdas, McAuliffe and Sekhon, Time-uniform, nonparametric, nonasymptotic confidence sequences, Annals of Statistics
 *     49, 2021, 1055-1080"
 * @see "Waudby-Smith and Ramdas, Estimating means of bounded random variables by betting, JRSS B 86, 2024, theorem 2"
 */
final class BernsteinSequence implements MeanSequence {
    private final double scale;
    private long count;
    private double sum;
    private double squares;

    /** @param scale not below any of the means */
    BernsteinSequence(double scale) {
        this.scale = scale;
    }

    @Override
    public void add(double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("must be finite and >= 0: value=" + value);
        }
        double predicted = Math.min(scale, (sum + scale / 2) / (count + 1));
        double miss = (value - predicted) / scale;
        squares += miss * miss;
        sum += value;
        count++;
    }

    @Override
    public double logCapital(double mean) {
        double[] logs = new double[Bets.COUNT];
        for (int bet = 0; bet < logs.length; bet++) {
            double share = Bets.share(bet);
            logs[bet] = share * (sum - count * mean) / scale - (-Math.log1p(-share) - share) * squares;
        }
        return Bets.logOfMixture(logs);
    }

    @Override
    public Map<String, Object> toJson() {
        return Map.of("count", count, "sum", sum, "squares", squares);
    }

    static BernsteinSequence fromJson(double scale, JsonObject json) {
        BernsteinSequence restored = new BernsteinSequence(scale);
        restored.count = json.integer("count");
        restored.sum = json.number("sum");
        restored.squares = json.number("squares");
        return restored;
    }
}
