package io.leeway.simulator.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What policies that know the world's true expected rewards would earn in it, on average for each decision: the marks that
 * a learned policy is measured by.
 *
 * @param uniform choosing evenly
 * @param fixed always the one action that is best on average
 * @param linear the action with the highest linear score, one least-squares fit of the true expected rewards for each action
 * @param best the best action for each context
 * @param nonlinearShare share of the variance between the actions of a visit that the linear fits do not have, in [0, 1]
 */
public record WorldValues(double uniform, double fixed, double linear, double best, double nonlinearShare) {

    /** Measures the world over these moments. */
    public static WorldValues of(BanditWorld world, long from, int visits) {
        if (visits < 1) {
            throw new IllegalArgumentException("must be >= 1: visits=" + visits);
        }
        List<Visit> sample = new ArrayList<>(visits);
        for (int i = 0; i < visits; i++) {
            sample.add(world.visit(from + i));
        }
        LinearView view = LinearView.of(sample.stream().map(Visit::context).toList());
        double[][] rows =
                sample.stream().map(visit -> view.row(visit.context())).toArray(double[][]::new);
        double[][] expected = sample.stream().map(Visit::expectedRewards).toArray(double[][]::new);
        double[][] weights = fit(rows, expected);
        double[] ofAction = new double[weights.length];
        double uniform = 0;
        double linear = 0;
        double best = 0;
        double[][] residual = new double[visits][weights.length];
        for (int i = 0; i < visits; i++) {
            double[] scores = new double[weights.length];
            int chosen = 0;
            for (int action = 0; action < weights.length; action++) {
                scores[action] = dot(weights[action], rows[i]);
                chosen = scores[action] > scores[chosen] ? action : chosen;
                residual[i][action] = expected[i][action] - scores[action];
                ofAction[action] += expected[i][action] / visits;
            }
            uniform += sample.get(i).uniformValue() / visits;
            best += sample.get(i).bestValue() / visits;
            linear += expected[i][chosen] / visits;
        }
        double fixed = Arrays.stream(ofAction).max().orElseThrow();
        double share = Tastes.betweenActions(residual) / Tastes.betweenActions(expected);
        return new WorldValues(uniform, fixed, linear, best, share);
    }

    private static double[][] fit(double[][] rows, double[][] expected) {
        int width = rows[0].length;
        double[][] weights = new double[expected[0].length][];
        for (int action = 0; action < weights.length; action++) {
            NormalEquations equations = new NormalEquations(width);
            for (int i = 0; i < rows.length; i++) {
                equations.add(rows[i], expected[i][action]);
            }
            for (int i = 0; i < width; i++) {
                // One-hot columns add up to the constant; a trace of a ridge decides between the equal solutions.
                equations.ridge(i, 1e-6 * rows.length);
            }
            weights[action] = equations.solve();
        }
        return weights;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
