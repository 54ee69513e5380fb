package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a bandit loop explores. */
public record ExplorationSettings(
        @JsonPropertyDescription(
                "exploration rule: squareCb (default), epsilonGreedy, softmax, uniform, thompson, ucb; the last two"
                        + " want a model with a posterior, see training.posterior")
        String rule,

        @JsonPropertyDescription(
                "parameters of the rule: epsilonGreedy epsilon in [0, 1]; softmax temperature > 0, unit of the reward;"
                        + " squareCb gamma > 0, per unit of the reward range; ucb beta > 0, standard deviations of the"
                        + " posterior, default 1")
        Map<String, Double> parameters,

        @JsonPropertyDescription(
                "share of the probability that is spread evenly over the eligible actions, in [0, 1]; default 0.02; 0"
                        + " gives up off-policy evaluation for greedy rules")
        Double floor) {

    public static final List<String> RULES =
            List.of("squareCb", "epsilonGreedy", "softmax", "uniform", "thompson", "ucb");
    public static final ExplorationSettings DEFAULT = new ExplorationSettings(null, null, null);

    private static final Map<String, String> PARAMETER_OF_RULE =
            Map.of("squareCb", "gamma", "epsilonGreedy", "epsilon", "softmax", "temperature", "ucb", "beta");

    public ExplorationSettings {
        rule = Check.or(rule, "squareCb");
        if (!RULES.contains(rule)) {
            throw new ContractViolation("rule", "must be one of " + RULES, rule);
        }
        floor = Check.within("floor", Check.or(floor, 0.02), 0, 1);
        parameters = parameters == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(parameters));
        for (Map.Entry<String, Double> parameter : parameters.entrySet()) {
            check(rule, parameter.getKey(), parameter.getValue());
        }
    }

    private static void check(String rule, String name, Double value) {
        String field = "parameters." + name;
        if (!name.equals(PARAMETER_OF_RULE.get(rule))) {
            throw new ContractViolation(field, "is not a parameter of " + rule, value);
        }
        Check.finite(field, value);
        if (name.equals("epsilon")) {
            Check.within(field, value, 0, 1);
        } else if (!(value > 0)) {
            throw new ContractViolation(field, "must be > 0", value);
        }
    }
}
