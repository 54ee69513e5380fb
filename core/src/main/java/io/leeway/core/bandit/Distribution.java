package io.leeway.core.bandit;

import java.util.Arrays;

/** The probabilities of the eligible actions: at least one, none negative, summing to 1 within 1e-9. Immutable. */
public final class Distribution {
    public static final double TOLERANCE = 1e-9;

    private final double[] probabilities;

    private Distribution(double[] probabilities) {
        this.probabilities = probabilities;
    }

    /** Copies and checks the probabilities. */
    public static Distribution of(double... probabilities) {
        if (probabilities.length == 0) {
            throw new IllegalArgumentException("must be >= 1: actions=0");
        }
        double sum = 0;
        for (double probability : probabilities) {
            if (!(probability >= 0)) {
                throw new IllegalArgumentException("must be >= 0: probability=" + probability);
            }
            sum += probability;
        }
        if (!(Math.abs(sum - 1) <= TOLERANCE)) {
            throw new IllegalArgumentException("must be 1 within " + TOLERANCE + ": sum=" + sum);
        }
        return new Distribution(probabilities.clone());
    }

    public static Distribution uniform(int actions) {
        if (actions < 1) {
            throw new IllegalArgumentException("must be >= 1: actions=" + actions);
        }
        double[] probabilities = new double[actions];
        Arrays.fill(probabilities, 1.0 / actions);
        return new Distribution(probabilities);
    }

    /**
     * The mixture of distributions over the same actions.
     *
     * @param weights one for each, not negative, with the sum 1
     */
    public static Distribution mixed(double[] weights, Distribution... parts) {
        double[] mixed = new double[parts[0].size()];
        for (int i = 0; i < parts.length; i++) {
            for (int action = 0; action < mixed.length; action++) {
                mixed[action] += weights[i] * parts[i].probability(action);
            }
        }
        return of(mixed);
    }

    public int size() {
        return probabilities.length;
    }

    public double probability(int action) {
        return probabilities[action];
    }

    /** A copy that the caller owns. */
    public double[] toArray() {
        return probabilities.clone();
    }

    /**
     * Draws an action by inverting the cumulative distribution in the order of the actions; never one of probability 0.
     *
     * @param uniform in [0, 1)
     */
    public int sample(double uniform) {
        if (!(uniform >= 0 && uniform < 1)) {
            throw new IllegalArgumentException("must be in [0, 1): uniform=" + uniform);
        }
        double sum = 0;
        int last = -1;
        for (int i = 0; i < probabilities.length; i++) {
            if (probabilities[i] > 0) {
                sum += probabilities[i];
                last = i;
                if (uniform < sum) {
                    return i;
                }
            }
        }
        // The sum may end 1e-9 short of 1: what is left belongs to the last possible action.
        return last;
    }

    /** The drawn action together with its probability. */
    public Choice choose(double uniform) {
        int action = sample(uniform);
        return new Choice(action, Math.min(1, probabilities[action]));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Distribution that && Arrays.equals(probabilities, that.probabilities);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(probabilities);
    }

    @Override
    public String toString() {
        return "Distribution" + Arrays.toString(probabilities);
    }
}
