package io.leeway.core.bandit;

import io.leeway.core.features.Action;
import io.leeway.core.model.SampledScorer;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.UncertainScorer;
import java.util.List;
import java.util.Map;

/**
 * A scorer plus an exploration rule and a floor: answers with the probability of each eligible action. Without a scorer (cold
 * start) every action is equally likely. Immutable and thread-safe.
 *
 * @param scorer or null
 */
public record Policy(Scorer scorer, Exploration exploration, Floor floor) {
    public Policy {
        if (exploration == null || floor == null) {
            throw new IllegalArgumentException("must not be null: exploration=" + exploration + " floor=" + floor);
        }
    }

    /** @param floor the floor's epsilon in [0, 1] */
    public Policy(Scorer scorerOrNull, Exploration exploration, double floor) {
        this(scorerOrNull, exploration, new Floor(floor));
    }

    /** The policy of a cold start. */
    public static Policy uniform() {
        return new Policy(null, new Uniform(), Floor.NONE);
    }

    /** The distribution that is sampled from and logged, after ties and floor. */
    public Distribution distribution(Map<String, ?> context, List<Action> eligible) {
        return decide(context, eligible).distribution();
    }

    /** Scores and distribution of the eligible actions, at least one, in their order. */
    public Scored decide(Map<String, ?> context, List<Action> eligible) {
        if (eligible.isEmpty()) {
            throw new IllegalArgumentException("must be >= 1: actions=0");
        }
        if (scorer == null) {
            return new Scored(null, Distribution.uniform(eligible.size()));
        }
        Scorer asked =
                exploration.asksForDoubt() && scorer instanceof UncertainScorer doubting ? doubting.sampled() : scorer;
        if (asked instanceof SampledScorer sampled) {
            double[][] samples = sampled.samples(context, eligible);
            Distribution distribution = Distribution.of(floor.apply(exploration.sampledProbabilities(samples)));
            return new Scored(SampledScorer.means(samples), distribution);
        }
        double[] scores = asked.score(context, eligible);
        return new Scored(scores, distribution(scores, scores.length));
    }

    /**
     * The distribution over {@code actions} actions.
     *
     * @param scoresOrNull one for each of them; null without a scorer
     */
    public Distribution distribution(double[] scoresOrNull, int actions) {
        return scoresOrNull == null
                ? Distribution.uniform(actions)
                : Distribution.of(floor.apply(exploration.probabilities(scoresOrNull)));
    }
}
