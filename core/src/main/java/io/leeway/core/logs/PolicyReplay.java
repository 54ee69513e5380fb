package io.leeway.core.logs;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.online.OnlinePolicy;
import io.leeway.core.evaluation.EvaluationSettings;
import io.leeway.core.evaluation.LoggedRows;
import io.leeway.core.features.Action;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.features.Situation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Progressive validation of a policy on a decision log: of each decision it first says what it would have done, which is kept for
 * evaluation, and then learns what was done and what came of it, importance weighted by the logged probability. Not thread-safe.
 *
 * <p>Only actions that the log gave a probability are offered to it (common support). Predictions of rewards, which make the
 * comparison less noisy and cannot bias it, are each action's mean reward in the events before.
 *
 * @see "Blum, Kalai and Langford, Beating the hold-out: bounds for k-fold and progressive cross-validation, COLT 1999"
 */
public final class PolicyReplay {
    private final OnlinePolicy policy;
    private final RandomGenerator random;
    private final HashedEncoder encoder = new HashedEncoder();
    private final ReplayedColumns columns = new ReplayedColumns();
    private final Map<String, double[]> rewardsOf = new HashMap<>();
    private double rewards;
    private int notActivated;
    private int restricted;

    /** @param random for policies that draw */
    public PolicyReplay(OnlinePolicy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
    }

    /** Throws {@link LogFormatException} if its features or ids cannot be used; then nothing has changed. */
    public void add(LoggedDecision decision) {
        if (!decision.learnable()) {
            notActivated++;
            return;
        }
        List<Integer> supported = supported(decision);
        Situation situation = encode(decision, supported);
        int chosen = supported.indexOf(decision.chosen());
        Distribution distribution = policy.decide(situation, random);
        double qPi = 0;
        double qLogged = 0;
        for (int i = 0; i < situation.size(); i++) {
            double predicted = predicted(situation.actionId(i));
            qPi += distribution.probability(i) * predicted;
            qLogged += decision.complete() ? decision.probabilities().get(supported.get(i)) * predicted : 0;
        }
        columns.add(
                decision.reward(),
                decision.probability(),
                Math.min(1, distribution.probability(chosen)),
                predicted(situation.actionId(chosen)),
                qPi,
                decision.complete() ? qLogged : Double.NaN,
                mean(),
                decision.represents());
        restricted += supported.size() < decision.actions().size() ? 1 : 0;
        policy.learn(situation, new Choice(chosen, decision.probability()), decision.reward());
        remember(situation.actionId(chosen), decision.reward());
    }

    /** Decisions that were replayed. */
    public int decisions() {
        return columns.size();
    }

    /** Deferred decisions that were never activated, which were left out. */
    public int notActivated() {
        return notActivated;
    }

    /** Decisions in which some action had no probability, so that it was not offered. */
    public int restricted() {
        return restricted;
    }

    /** The rows for the estimators of the policy's own value. */
    public LoggedRows rows() {
        return columns.rows();
    }

    /** The policy against the one that logged. */
    public PolicyComparison compare(EvaluationSettings settings) {
        return new Comparing(columns, settings).compare();
    }

    private static List<Integer> supported(LoggedDecision decision) {
        List<Integer> supported = new ArrayList<>();
        for (int i = 0; i < decision.actions().size(); i++) {
            if (!decision.complete() || decision.probabilities().get(i) > 0 || i == decision.chosen()) {
                supported.add(i);
            }
        }
        return supported;
    }

    private Situation encode(LoggedDecision decision, List<Integer> supported) {
        List<Action> actions = supported.stream().map(decision.actions()::get).toList();
        try {
            return encoder.encode(decision.context(), actions);
        } catch (IllegalArgumentException e) {
            throw new LogFormatException(e.getMessage(), e);
        }
    }

    /** The action's mean reward so far, drawn towards that of all. */
    private double predicted(String action) {
        double[] known = rewardsOf.get(action);
        double mean = mean();
        return known == null ? mean : (known[0] + mean) / (known[1] + 1);
    }

    private double mean() {
        return columns.size() == 0 ? 0 : rewards / columns.size();
    }

    private void remember(String action, double reward) {
        rewards += reward;
        double[] known = rewardsOf.computeIfAbsent(action, id -> new double[2]);
        known[0] += reward;
        known[1]++;
    }
}
