package io.leeway.core.promotion;

/**
 * One budget of wrong promotions spent over successive candidates: the k-th gets alpha 6 / (pi^2 k^2), which sums to alpha however many
 * come. It begins again when the world has changed, as then the question is another one.
 *
 * @param alpha probability that any of the candidates is promoted by mistake, in (0, 0.5]
 */
public record ErrorBudget(double alpha) {
    public static final ErrorBudget DEFAULT = new ErrorBudget(0.05);

    public ErrorBudget {
        if (!(alpha > 0 && alpha <= 0.5)) {
            throw new IllegalArgumentException("must be in (0, 0.5]: alpha=" + alpha);
        }
    }

    /** @param candidate its number since the last change of the world, from 1 on */
    public double level(long candidate) {
        if (candidate < 1) {
            throw new IllegalArgumentException("must be >= 1: candidate=" + candidate);
        }
        return alpha * 6 / (Math.PI * Math.PI * candidate * candidate);
    }
}
