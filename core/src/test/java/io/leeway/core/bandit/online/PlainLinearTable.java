package io.leeway.core.bandit.online;

import java.util.HashMap;
import java.util.Map;

/** The algorithm of {@link LinearTable} as the papers write it: named weights in maps, doubles, no hashing. */
final class PlainLinearTable {
    private final double rate;
    private final Map<Integer, Double> weights = new HashMap<>();
    private final Map<Integer, Double> sums = new HashMap<>();
    private final Map<Integer, Double> scales = new HashMap<>();
    private double examples;
    private double norms;

    PlainLinearTable(double rate) {
        this.rate = rate;
    }

    double predict(Map<Integer, Double> row) {
        double sum = 0;
        for (Map.Entry<Integer, Double> entry : row.entrySet()) {
            double scale = scales.getOrDefault(entry.getKey(), 0.0);
            double value = Math.max(-scale, Math.min(scale, entry.getValue()));
            sum += weights.getOrDefault(entry.getKey(), 0.0) * value;
        }
        return sum;
    }

    void learn(Map<Integer, Double> row, double target, double lower, double upper, double weight) {
        row.forEach((name, value) -> {
            double scale = scales.getOrDefault(name, 0.0);
            if (Math.abs(value) > scale) {
                double ratio = scale / Math.abs(value);
                weights.merge(name, 0.0, (old, zero) -> old * ratio);
                sums.merge(name, 0.0, (old, zero) -> old * ratio * ratio);
                scales.put(name, Math.abs(value));
            }
        });
        double error = target - Math.max(lower, Math.min(upper, predict(row)));
        double gradient = 2 * error;
        double power = 0;
        examples += weight;
        for (Map.Entry<Integer, Double> entry : row.entrySet()) {
            double z = entry.getValue() / scales.get(entry.getKey());
            norms += weight * z * z;
            double sum = sums.merge(entry.getKey(), weight * gradient * gradient * z * z, Double::sum);
            power += sum > 0 ? z * z / Math.sqrt(sum) : 0;
        }
        if (power > 0) {
            double step = rate * Math.sqrt(examples / norms);
            double move = error * (1 - Math.exp(-2 * step * weight * power)) / power;
            row.forEach((name, value) -> {
                double z = value / scales.get(name);
                double sum = sums.get(name);
                weights.merge(name, sum > 0 ? move * z / (scales.get(name) * Math.sqrt(sum)) : 0, Double::sum);
            });
        }
    }
}
