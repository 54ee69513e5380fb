package io.leeway.training.learning;

import io.leeway.core.bandit.Exploration;
import io.leeway.core.bandit.Policy;
import io.leeway.core.bandit.Scored;
import io.leeway.core.evaluation.Estimate;
import io.leeway.core.evaluation.Evaluation;
import io.leeway.core.evaluation.EvaluationSettings;
import io.leeway.core.evaluation.InsufficientSupportException;
import io.leeway.core.evaluation.LoggedRows;
import io.leeway.core.evaluation.OffPolicyEstimator;
import io.leeway.core.evaluation.RewardRange;
import io.leeway.core.json.JsonObject;
import io.leeway.core.model.Scorer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the policy that a bandit's model makes would have earned per decision on rows that it has not learned from: doubly robust, with
 * the model itself for the rewards of the actions that were not taken. Not thread safe.
 *
 * @see "Dudik, Langford and Li, Doubly robust policy evaluation and learning, ICML 2011"
 */
final class PolicyValue {
    private static final String ESTIMATOR = OffPolicyEstimator.doublyRobust().name();

    private final Policy policy;
    private final RewardRange range;
    private final List<double[]> rows = new ArrayList<>();

    private PolicyValue(Policy policy, RewardRange range) {
        this.policy = policy;
        this.range = range;
    }

    /**
     * @param defaults what the artifact says of its policy: rule, parameters, floor
     * @param range that the rewards lie in
     */
    static PolicyValue of(Scorer scorer, Map<String, Object> defaults, RewardRange range) {
        JsonObject json = JsonObject.of(defaults);
        String rule = json.text("rule", "squareCb");
        Map<String, Double> parameters = new TreeMap<>(json.map("parameters", JsonObject::number));
        if (rule.equals("squareCb")) {
            parameters.putIfAbsent("gamma", 100.0);
            parameters.putIfAbsent("scale", Math.min(range.max() - range.min(), Double.MAX_VALUE));
        }
        return new PolicyValue(new Policy(scorer, Exploration.of(rule, parameters), json.number("floor", 0)), range);
    }

    void add(TrainingRow row) {
        Scored scored = policy.decide(row.context(), row.actions());
        double[] scores = scored.scores().orElseThrow();
        double expected = 0;
        for (int i = 0; i < scores.length; i++) {
            expected += scored.distribution().probability(i) * scores[i];
        }
        rows.add(new double[] {
            row.reward(),
            row.probability(),
            scored.distribution().probability(row.chosen()),
            scores[row.chosen()],
            expected
        });
    }

    /** The estimate with its interval, or why there is none. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        LoggedRows logged = LoggedRows.of(column(0), column(1), column(2), column(3), column(4));
        figures.put(
                "loggedValue",
                rows.stream().mapToDouble(row -> row[0]).average().orElse(0));
        figures.put("effectiveSampleSize", logged.effectiveSampleSize());
        try {
            Estimate value = Evaluation.of(logged, EvaluationSettings.of(range)).estimates().stream()
                    .filter(estimate -> estimate.name().equals(ESTIMATOR))
                    .findFirst()
                    .orElseThrow();
            figures.put("policyValue", value.value());
            figures.put("policyValueLower", value.lower());
            figures.put("policyValueUpper", value.upper());
            figures.put("largestWeight", logged.maximumWeight());
        } catch (InsufficientSupportException e) {
            figures.put("policyRefusal", e.getMessage());
        }
        return figures;
    }

    private double[] column(int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }
}
