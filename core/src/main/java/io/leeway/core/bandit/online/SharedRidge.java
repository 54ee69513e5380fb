package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.online.LinearOptions.Interaction;
import io.leeway.core.features.Situation;
import io.leeway.core.features.SparseVector;
import java.util.Arrays;
import java.util.List;

/**
 * One Bayesian ridge regression for all actions, on the context, the action's own features and the products of both: what is learned
 * about one action says something about those like it. An action without features has its id for one. Rewards may have any range;
 * outliers are bounded. Not thread-safe.
 */
public final class SharedRidge implements PosteriorScorer {
    private final RidgeOptions options;
    private final ScaledRows contexts;
    private final ScaledRows actions;
    private final Interactions interactions = new Interactions(List.of(Interaction.ALL));
    private final Columns columns;
    private final RewardScale rewards = new RewardScale();
    private final FeatureRow context = new FeatureRow();
    private final FeatureRow joint = new FeatureRow();
    private RidgePosterior posterior;
    private double largest;
    private double[] row = new double[16];

    public SharedRidge(RidgeOptions options) {
        this.options = options;
        this.contexts = new ScaledRows(options.standardise());
        this.actions = new ScaledRows(options.standardise());
        this.columns = new Columns(1, options.maximumColumns());
        this.posterior = new RidgePosterior(options.lambda(), options.forgetting());
    }

    @Override
    public void score(Situation situation, double[] scores) {
        fillContext(situation.context());
        for (int i = 0; i < situation.size(); i++) {
            fill(situation, i);
            scores[i] = rewards.near(posterior.mean(row));
        }
    }

    @Override
    public void scoreAndDeviation(Situation situation, double[] means, double[] deviations) {
        fillContext(situation.context());
        double unit = unit();
        for (int i = 0; i < situation.size(); i++) {
            fill(situation, i);
            means[i] = rewards.near(posterior.mean(row));
            deviations[i] = unit * Math.sqrt(posterior.variance(row, columns.count()));
        }
    }

    @Override
    public Sampler sampler(Situation situation) {
        fillContext(situation.context());
        double[][] rows = new double[situation.size()][];
        for (int i = 0; i < rows.length; i++) {
            fill(situation, i);
            rows[i] = Arrays.copyOf(row, posterior.width());
        }
        double[] weights = new double[posterior.width()];
        return (scale, random, draws) -> {
            posterior.sample(scale * unit(), random, weights);
            for (int i = 0; i < rows.length; i++) {
                double sum = 0;
                for (int column = 0; column < weights.length; column++) {
                    sum += weights[column] * rows[i][column];
                }
                draws[i] = rewards.near(sum);
            }
        };
    }

    @Override
    public void learn(Situation situation, Choice choice, double reward) {
        double bounded = rewards.observe(reward);
        contexts.observe(situation.context());
        actions.observe(situation.action(choice.action()));
        if (rewards.isOfAnotherRange(largest)) {
            posterior = new RidgePosterior(options.lambda(), options.forgetting());
            largest = 0;
        }
        largest = Math.max(largest, Math.abs(bounded));
        fillContext(situation.context());
        join(situation, choice.action());
        for (int i = 0; i < joint.size(); i++) {
            columns.claim(joint.index(i));
        }
        fill(situation, choice.action());
        posterior.learn(row, columns.count(), bounded, 1);
    }

    private double unit() {
        return options.scaled() ? rewards.unit() : 1;
    }

    private void fillContext(SparseVector vector) {
        context.clear();
        contexts.append(vector, 0, vector.size(), context);
    }

    /** Everything known of an action in this situation, by name. */
    private void join(Situation situation, int action) {
        SparseVector features = situation.action(action);
        joint.clear();
        joint.addAll(context, 0);
        if (features.size() == 0) {
            joint.add(situation.actionHash(action) ^ FeatureRow.CONSTANT, 1);
            joint.addAll(context, situation.actionHash(action));
        } else {
            int start = joint.size();
            actions.append(features, 0, features.size(), joint);
            interactions.append(situation.context(), context, features, start, joint);
        }
    }

    /** The same by column; names never learned from are left out. */
    private void fill(Situation situation, int action) {
        join(situation, action);
        if (row.length < columns.count()) {
            row = new double[2 * columns.count()];
        }
        Arrays.fill(row, 0, columns.count(), 0);
        row[0] = 1;
        for (int i = 0; i < joint.size(); i++) {
            int column = columns.find(joint.index(i));
            if (column >= 0) {
                row[column] += joint.value(i);
            }
        }
    }
}
