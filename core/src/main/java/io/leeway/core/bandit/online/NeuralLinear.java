package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.expert.Head;
import io.leeway.core.bandit.expert.NetworkExpert;
import io.leeway.core.bandit.expert.Replay;
import io.leeway.core.features.Situation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Neural-linear: a network learns features of the context, and each action has a Bayesian ridge regression on them. At growing
 * intervals the regressions are made anew from what is remembered, each feedback counted once, on the features of that moment. Memory
 * is bounded. Deterministic given the seed; not thread-safe.
 *
 * @see "Snoek et al., Scalable Bayesian optimization using deep neural networks, ICML 2015"
 * @see "Riquelme, Tucker and Snoek, Deep Bayesian Bandits Showdown, ICLR 2018, section 4"
 */
public final class NeuralLinear implements PosteriorScorer {
    private static final int HIDDEN = 32;
    private static final double RATE = 0.01;
    private static final int REMEMBERED = 4096;
    private static final int MAXIMUM_COLUMNS = 256;
    private static final double LAMBDA = 1;

    private final RawRows rows = new RawRows(MAXIMUM_COLUMNS);
    private final RewardScale rewards = new RewardScale();
    private final NetworkExpert network;
    private final Map<String, Integer> arms = new HashMap<>();
    private final List<RidgePosterior> posteriors = new ArrayList<>();
    private final List<Remembered> memory = new ArrayList<>();
    private final Milestones milestones = new Milestones(1.3);
    private final double[] features = new double[HIDDEN + 1];
    private double[] mean = {0};
    private double[] inverse = {1};
    private double lower;
    private double width = 1;
    private int oldest;

    /** A feedback with its context as raw columns. */
    private record Remembered(double[] row, int arm, double reward, double probability) {}

    public NeuralLinear(long seed) {
        this.network = new NetworkExpert(HIDDEN, RATE, Head.MEANS, seed);
    }

    @Override
    public void score(Situation situation, double[] scores) {
        features(rows.row(situation.context()));
        for (int i = 0; i < situation.size(); i++) {
            RidgePosterior posterior = posterior(situation.actionId(i));
            scores[i] = posterior == null ? lower : rewards.near(lower + width * posterior.mean(features));
        }
    }

    @Override
    public void scoreAndDeviation(Situation situation, double[] means, double[] deviations) {
        score(situation, means);
        double prior = 0;
        for (double feature : features) {
            prior += feature * feature / LAMBDA;
        }
        for (int i = 0; i < situation.size(); i++) {
            RidgePosterior posterior = posterior(situation.actionId(i));
            double variance = posterior == null ? prior : posterior.variance(features, features.length);
            deviations[i] = width * Math.sqrt(variance);
        }
    }

    @Override
    public void learn(Situation situation, Choice choice, double reward) {
        double bounded = rewards.observe(reward);
        rows.observe(situation.context());
        int arm = arms.computeIfAbsent(situation.actionId(choice.action()), id -> {
            posteriors.add(new RidgePosterior(LAMBDA, 1));
            return posteriors.size() - 1;
        });
        double[] row = Arrays.copyOf(rows.row(situation.context()), rows.width());
        Remembered latest = new Remembered(row, arm, bounded, choice.probability());
        if (memory.size() < REMEMBERED) {
            memory.add(latest);
        } else {
            memory.set(oldest, latest);
            oldest = (oldest + 1) % REMEMBERED;
        }
        network.learn(columns(row), arm, scaled(bounded), choice.probability());
        if (milestones.step()) {
            renew();
        } else {
            absorb(latest);
        }
    }

    private RidgePosterior posterior(String id) {
        Integer arm = arms.get(id);
        return arm == null ? null : posteriors.get(arm);
    }

    private double scaled(double reward) {
        return Math.max(-4, Math.min(5, (reward - lower) / width));
    }

    private void absorb(Remembered one) {
        features(one.row());
        posteriors.get(one.arm()).learn(features, features.length, scaled(one.reward()), 1);
    }

    /** Standards, features and posteriors as of now. */
    private void renew() {
        mean = new double[rows.width()];
        inverse = new double[rows.width()];
        for (int i = 0; i < mean.length; i++) {
            boolean number = i > 0 && rows.isNumber(i);
            mean[i] = number ? rows.scale().mean(i) : 0;
            inverse[i] = number ? rows.scale().inverseDeviation(i) : 1;
        }
        lower = rewards.lower();
        width = rewards.unit();
        network.refit(new Memory());
        for (int arm = 0; arm < posteriors.size(); arm++) {
            posteriors.set(arm, new RidgePosterior(LAMBDA, 1));
        }
        memory.forEach(this::absorb);
    }

    private void features(double[] row) {
        features[0] = 1;
        network.features(columns(row), features, 1);
    }

    /** Standardised; what came after the standards were taken is left out until the next time. */
    private double[] columns(double[] row) {
        double[] columns = new double[mean.length];
        for (int i = 0; i < Math.min(columns.length, row.length); i++) {
            double value = (row[i] - mean[i]) * inverse[i];
            // False for a missing number.
            columns[i] = Math.abs(value) <= RunningScale.CLIP
                    ? value
                    : value > 0 ? RunningScale.CLIP : value < 0 ? -RunningScale.CLIP : 0;
        }
        return columns;
    }

    /** What is remembered, oldest first, in the standards in force. */
    private final class Memory implements Replay {
        private Remembered at(int i) {
            return memory.get((oldest + i) % memory.size());
        }

        @Override
        public int size() {
            return memory.size();
        }

        @Override
        public int arms() {
            return posteriors.size();
        }

        @Override
        public int width() {
            return mean.length;
        }

        @Override
        public void columns(int i, double[] into) {
            System.arraycopy(NeuralLinear.this.columns(at(i).row()), 0, into, 0, mean.length);
        }

        @Override
        public int arm(int i) {
            return at(i).arm();
        }

        @Override
        public double reward(int i) {
            return scaled(at(i).reward());
        }

        @Override
        public double probability(int i) {
            return at(i).probability();
        }
    }
}
