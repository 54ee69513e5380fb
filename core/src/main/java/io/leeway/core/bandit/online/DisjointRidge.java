package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.LearnedState;
import io.leeway.core.bandit.Memento;
import io.leeway.core.features.Situation;
import io.leeway.core.model.Export;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One Bayesian ridge regression per action id on the context's features. An action that comes when others have been learned
 * from already starts at the mean of their weights, with the prior's deviation. Rewards may have any range; outliers are bounded. Not
 * thread-safe.
 */
public final class DisjointRidge implements PosteriorScorer, LearnedState {
    /** Feedbacks after which an action counts as new. */
    private static final long YOUNG = 100;

    /** Feedbacks after which an action's weights say something about another's. */
    private static final long KNOWN = 10;

    private final RidgeOptions options;
    private final RawRows rows;
    private final RewardScale rewards = new RewardScale();
    private final Map<String, StandardRidge> arms = new HashMap<>();
    private final Milestones milestones = new Milestones(1.4);
    private long feedbacks;
    private double largest;

    public DisjointRidge(RidgeOptions options) {
        this.options = options;
        this.rows = new RawRows(options.maximumColumns());
    }

    @Override
    public void score(Situation situation, double[] scores) {
        double[] row = rows.row(situation.context());
        for (int i = 0; i < situation.size(); i++) {
            scores[i] = rewards.near(arm(situation.actionId(i)).mean(row, rows));
        }
    }

    @Override
    public void scoreAndDeviation(Situation situation, double[] means, double[] deviations) {
        double[] row = rows.row(situation.context());
        double unit = unit();
        for (int i = 0; i < situation.size(); i++) {
            StandardRidge arm = arm(situation.actionId(i));
            means[i] = rewards.near(arm.mean(row, rows));
            deviations[i] = unit * Math.sqrt(arm.variance(row, rows));
        }
    }

    @Override
    public void learn(Situation situation, Choice choice, double reward) {
        double bounded = rewards.observe(reward);
        rows.observe(situation.context());
        for (int i = 0; i < situation.size(); i++) {
            if (feedbacks < YOUNG) {
                arms.computeIfAbsent(situation.actionId(i), id -> cold()); // there from the start: not new later
            }
        }
        feedbacks++;
        if (rewards.isOfAnotherRange(largest)) {
            arms.replaceAll((id, old) -> cold());
            largest = 0;
        }
        largest = Math.max(largest, Math.abs(bounded));
        StandardRidge arm = arms.computeIfAbsent(situation.actionId(choice.action()), id -> warm());
        arm.learn(rows.row(situation.context()), rows, bounded, 1);
        if (milestones.step()) {
            arms.values().forEach(each -> each.renew(rows));
        }
    }

    private double unit() {
        return options.scaled() ? rewards.unit() : 1;
    }

    private StandardRidge cold() {
        return new StandardRidge(options.lambda(), options.forgetting(), options.standardise());
    }

    /** What predicts an action's reward. */
    private StandardRidge arm(String id) {
        StandardRidge arm = arms.get(id);
        return arm == null ? feedbacks < YOUNG ? cold() : warm() : arm;
    }

    /** A model that starts at the mean of the others' weights. */
    private StandardRidge warm() {
        StandardRidge arm = cold();
        long known =
                arms.values().stream().filter(other -> other.learned() >= KNOWN).count();
        if (known > 0) {
            double[] raw = new double[rows.width()];
            arms.values().stream()
                    .filter(other -> other.learned() >= KNOWN)
                    .forEach(other -> other.addRawWeights(1.0 / known, raw));
            arm.startFrom(raw, rows);
        }
        return arm;
    }

    /** To be served: with the posterior, unless it would be larger than what fits into an artifact. */
    @Override
    public Export export() {
        List<String> ids = List.copyOf(new TreeSet<>(arms.keySet()));
        List<StandardRidge> ridges = new ArrayList<>();
        ids.forEach(id -> ridges.add(arms.get(id)));
        ridges.add(feedbacks < YOUNG ? cold() : warm());
        return new RidgeExport(rows, options, true, rewards).of(ids, ridges);
    }

    /** Writes the state, or goes on from it; the options must be the same. */
    @Override
    public void exchange(Memento state) {
        state.mark("disjoint-ridge " + options);
        rows.exchange(state);
        rewards.exchange(state);
        milestones.exchange(state);
        feedbacks = state.count(feedbacks);
        largest = state.number(largest);
        List<String> ids = new ArrayList<>(new TreeSet<>(arms.keySet()));
        int count = state.length(ids.size());
        for (int i = 0; i < count; i++) {
            String id = state.text(state.reads() ? null : ids.get(i));
            arms.computeIfAbsent(id, none -> cold()).exchange(state);
        }
    }
}
