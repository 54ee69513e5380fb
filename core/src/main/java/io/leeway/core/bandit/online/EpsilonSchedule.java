package io.leeway.core.bandit.online;

/**
 * How epsilon falls with the number of feedbacks learned from: epsilon * min(1, (start / n)^power), and never below the least.
 *
 * @param epsilon in [0, 1]
 * @param start feedbacks during which epsilon stays as it is, at least 1
 * @param power 0 for a constant epsilon; 1/3 is the rate of the epoch-greedy algorithm
 * @param least in [0, epsilon]
 * @see "Langford and Zhang, The epoch-greedy algorithm for contextual multi-armed bandits, NIPS 2007"
 */
public record EpsilonSchedule(double epsilon, double start, double power, double least) {
    public EpsilonSchedule {
        if (!(epsilon >= 0 && epsilon <= 1)) {
            throw new IllegalArgumentException("must be in [0, 1]: epsilon=" + epsilon);
        }
        if (!(start >= 1 && Double.isFinite(start))) {
            throw new IllegalArgumentException("must be >= 1: start=" + start);
        }
        if (!(power >= 0 && Double.isFinite(power))) {
            throw new IllegalArgumentException("must be >= 0: power=" + power);
        }
        if (!(least >= 0 && least <= epsilon)) {
            throw new IllegalArgumentException("must be in [0, epsilon]: least=" + least);
        }
    }

    double at(long feedbacks) {
        return feedbacks <= start ? epsilon : Math.max(least, epsilon * Math.pow(start / feedbacks, power));
    }
}
