package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.Choice;
import io.leeway.core.features.Situation;

/** Averages what experts predict, and teaches them. Not thread-safe. */
final class Combination {
    /** Posterior deviations added to the mean. */
    private static final double OPTIMISM = Double.parseDouble(System.getProperty("alpha", "0.1"));

    private static final double GROWTH = 1.4;
    private static final int LONGEST_INTERVAL = 10_000;

    private final Feedbacks feedbacks = new Feedbacks();
    private final RewardScale scale = new RewardScale();
    private final Arms arms = new Arms();
    private final ArmsMember byArm = new ArmsMember();
    private Weights weights = new Weights(byArm.size());
    private int fresh;
    private int interval = 1;

    private Situation latest;
    private int[] places = {};
    private double[][] predictions = new double[byArm.size()][0];
    private double[] means = {};
    private final double[] chosen = new double[byArm.size()];

    double[] optimisticScores(Situation situation) {
        predict(situation);
        double[] scores = means.clone();
        boolean[] visited = new boolean[scores.length];
        double prior = OPTIMISM * byArm.priorDeviation();
        double best = Double.NEGATIVE_INFINITY;
        for (int visit = 0; visit < scores.length; visit++) {
            int action = -1;
            for (int i = 0; i < scores.length; i++) {
                if (!visited[i] && (action < 0 || means[i] > means[action])) {
                    action = i;
                }
            }
            if (means[action] + prior < best) {
                break;
            }
            visited[action] = true;
            scores[action] = means[action] + OPTIMISM * byArm.deviation(places[action]);
            best = Math.max(best, scores[action]);
        }
        return scores;
    }

    void learn(Situation situation, Choice choice, double reward) {
        if (situation != latest) {
            predict(situation);
        }
        int action = choice.action();
        double scaled = scale.scale(reward);
        for (int e = 0; e < chosen.length; e++) {
            chosen[e] = predictions[e][action];
        }
        if (places[action] != Arms.UNKNOWN && !Double.isNaN(chosen[0])) {
            weights.learn(chosen, scaled);
        }
        arms.claim(situation);
        int arm = arms.place(situation, action);
        feedbacks.add(new Feedback(
                situation.context(),
                situation.action(action),
                situation.actionId(action),
                arm,
                reward,
                choice.probability()));
        byArm.learn(situation, action, arm, scaled, choice.probability(), chosen);
        latest = null;
        if (++fresh >= interval) {
            scale.refresh(feedbacks);
            byArm.refit(new Memory(feedbacks, scale, arms.count(), false), fresh);
            interval = (int) Math.min(LONGEST_INTERVAL, Math.max(1, (GROWTH - 1) * feedbacks.size()));
            fresh = 0;
        }
    }

    private void predict(Situation situation) {
        int count = situation.size();
        if (places.length < count) {
            places = new int[count];
            predictions = new double[predictions.length][count];
        }
        for (int i = 0; i < count; i++) {
            places[i] = arms.place(situation, i);
        }
        byArm.predict(situation, places, predictions);
        means = new double[count];
        double sum = 0;
        int known = 0;
        for (int i = 0; i < count; i++) {
            for (int e = 0; e < predictions.length; e++) {
                means[i] += weights.weight(e) * predictions[e][i];
            }
            if (!Double.isNaN(means[i])) {
                sum += means[i];
                known++;
            }
        }
        for (int i = 0; i < count; i++) {
            // A new action starts at the mean of the others.
            means[i] = Double.isNaN(means[i]) ? (known == 0 ? 0 : sum / known) : means[i];
        }
        latest = situation;
    }

    @Override
    public String toString() {
        StringBuilder s = new StringBuilder();
        for (int e = 0; e < chosen.length; e++) {
            s.append(String.format(" w%.2f/%.2f", weights.weight(e), weights.error(e)));
        }
        return s.toString();
    }
}
