package io.leeway.core.bandit.online;

import java.util.List;

/**
 * How a {@link HashedLinear} learns.
 *
 * @param bits of the number of weights, 1 to 26
 * @param learningRate greater than 0
 * @param reduction how a reward becomes something to regress on
 * @param standardise numbers by what was learned from so far
 * @param perAction whether each action has weights of its own for the context (disjoint form); else actions share all weights
 * @param interactions of the context's namespaces with the actions' ones
 */
public record LinearOptions(
        int bits,
        double learningRate,
        Reduction reduction,
        boolean standardise,
        boolean perAction,
        List<Interaction> interactions) {
    /** From bandit feedback to regression. */
    public enum Reduction {
        /** Regress the chosen action's reward, every feedback with weight 1. */
        DIRECT,
        /** Regress the chosen action's reward with importance weight 1 / probability. */
        MTR,
        /** Regress every action on reward / probability where chosen, and on 0 elsewhere. */
        IPS,
        /** Regress every action on its prediction, corrected by (reward - prediction) / probability where chosen. */
        DR
    }

    /**
     * The products of the features of two namespaces, one of the context and one of the actions.
     *
     * @param context the namespace's name, "" for the default one, or {@link #ANY}
     * @param action likewise
     */
    public record Interaction(String context, String action) {
        public static final String ANY = "*";
        public static final Interaction ALL = new Interaction(ANY, ANY);
    }

    public LinearOptions {
        interactions = List.copyOf(interactions);
        if (reduction == null) {
            throw new IllegalArgumentException("must not be null: reduction=null");
        }
    }

    public static LinearOptions defaults() {
        return new LinearOptions(18, 0.5, Reduction.DIRECT, true, true, List.of(Interaction.ALL));
    }

    public LinearOptions withReduction(Reduction other) {
        return new LinearOptions(bits, learningRate, other, standardise, perAction, interactions);
    }

    public LinearOptions withInteractions(List<Interaction> others) {
        return new LinearOptions(bits, learningRate, reduction, standardise, perAction, others);
    }

    public LinearOptions withPerAction(boolean other) {
        return new LinearOptions(bits, learningRate, reduction, standardise, other, interactions);
    }
}
