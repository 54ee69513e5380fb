package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.LearnedState;
import io.leeway.core.bandit.Memento;
import io.leeway.core.features.Situation;
import io.leeway.core.features.SparseVector;
import io.leeway.core.model.Export;
import java.util.List;

/**
 * A linear scorer of hashed features in fixed memory and O(features) time: the context with weights per action (disjoint form),
 * the action's own features, and products of both (shared form). Rewards may have any range: predictions are cut off to what was seen
 * where they are learned from, and outliers are bounded. Not thread-safe.
 *
 * @see LinearTable
 * @see "Bietti, Agarwal and Langford, A contextual bandit bake-off, JMLR 22, 2021, section 2.2 on the reductions"
 */
public final class HashedLinear implements OnlineScorer, LearnedState {
    /** Largest importance: one unlikely choice does not outweigh fifty others. */
    static final double LARGEST_WEIGHT = 50;

    private final LinearOptions options;
    private final LinearTable table;
    private final ScaledRows contexts;
    private final ScaledRows actions;
    private final RewardScale rewards = new RewardScale();
    private final FeatureRow context = new FeatureRow();
    private final FeatureRow own = new FeatureRow();
    private final FeatureRow whole = new FeatureRow();
    private final Interactions interactions;
    private double largest;

    public HashedLinear(LinearOptions options) {
        this.options = options;
        this.table = new LinearTable(options.bits(), options.learningRate());
        this.contexts = new ScaledRows(options.standardise());
        this.actions = new ScaledRows(options.standardise());
        this.interactions = new Interactions(options.interactions());
    }

    @Override
    public void score(Situation situation, double[] scores) {
        score(situation, 0, situation.size(), scores);
    }

    @Override
    public double score(Situation situation, int action) {
        fillContext(situation.context());
        return rewards.near(predict(situation, action));
    }

    /** Writes the scores of some of the actions, from {@code from} to before {@code to}. */
    public void score(Situation situation, int from, int to, double[] scores) {
        fillContext(situation.context());
        for (int i = from; i < to; i++) {
            scores[i] = rewards.near(predict(situation, i));
        }
    }

    @Override
    public void learn(Situation situation, Choice choice, double reward) {
        double bounded = observe(situation, choice.action(), reward);
        double weight = Math.min(LARGEST_WEIGHT, 1 / choice.probability());
        switch (options.reduction()) {
            case DIRECT -> regress(situation, choice.action(), bounded, 1, rewards.lower(), rewards.upper());
            case MTR -> regress(situation, choice.action(), bounded, weight, rewards.lower(), rewards.upper());
            case IPS, DR -> correct(situation, choice.action(), weight, bounded);
        }
    }

    /** Regresses every action on an unbiased estimate of its reward, which lies outside the range of the rewards. */
    private void correct(Situation situation, int chosen, double weight, double reward) {
        for (int i = 0; i < situation.size(); i++) {
            double base = options.reduction() == LinearOptions.Reduction.IPS ? 0 : predict(situation, i);
            double target = i == chosen ? base + weight * (reward - base) : base;
            regress(situation, i, target, 1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
    }

    /**
     * Regresses every action on a target of its own.
     *
     * @param chosen the action that brought {@code reward}, from which range and unit are learned
     */
    void regressAll(Situation situation, double[] targets, int chosen, double reward) {
        observe(situation, chosen, reward);
        for (int i = 0; i < situation.size(); i++) {
            regress(situation, i, targets[i], 1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
    }

    private double observe(Situation situation, int chosen, double reward) {
        double bounded = rewards.observe(reward);
        if (rewards.isOfAnotherRange(largest)) {
            table.clear();
            largest = 0;
        }
        largest = Math.max(largest, Math.abs(bounded));
        contexts.observe(situation.context());
        actions.observe(situation.action(chosen));
        fillContext(situation.context());
        return bounded;
    }

    private double predict(Situation situation, int action) {
        double sum = options.perAction() ? table.predict(context, situation.actionHash(action)) : 0;
        SparseVector features = situation.action(action);
        if (features.size() > 0) {
            own.clear();
            fillOwn(situation.context(), features, own);
            sum += table.predict(own, 0);
        }
        return sum;
    }

    private void regress(Situation situation, int action, double target, double weight, double lower, double upper) {
        whole.clear();
        if (options.perAction()) {
            whole.addAll(context, situation.actionHash(action));
        }
        fillOwn(situation.context(), situation.action(action), whole);
        table.learn(whole, 0, target, lower, upper, weight, rewards.unit());
    }

    private void fillContext(SparseVector vector) {
        context.clear();
        contexts.append(vector, 0, vector.size(), context);
        context.add(FeatureRow.CONSTANT, 1);
    }

    /** The action's own features, and their products with the context's. */
    private void fillOwn(SparseVector vector, SparseVector features, FeatureRow row) {
        if (features.size() > 0) {
            int start = row.size();
            actions.append(features, 0, features.size(), row);
            row.add(FeatureRow.CONSTANT, 1);
            interactions.append(vector, context, features, start, row);
        }
    }

    /** To be served; with all products of context and actions and weights per action alone. */
    @Override
    public Export export() {
        if (!options.perAction() || !options.interactions().equals(List.of(LinearOptions.Interaction.ALL))) {
            throw new IllegalStateException("must have weights per action and all interactions to be served");
        }
        return table.export(
                options.standardise(), contexts.scales(), actions.scales(), rewards.least(), rewards.most());
    }

    /** Writes the state, or goes on from it; the options must be the same. */
    @Override
    public void exchange(Memento state) {
        state.mark("hashed-linear " + options);
        table.exchange(state);
        contexts.exchange(state);
        actions.exchange(state);
        rewards.exchange(state);
        largest = state.number(largest);
    }
}
