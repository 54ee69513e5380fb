package io.leeway.drift;

import io.leeway.contracts.LoopSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The table of figures on a loop's page, in words. */
final class PageFigures {
    /** The status's names of figures, in words. */
    private static final Map<String, String> MEANS = inOrder(
            "meanReward", "mean reward",
            "shareRewarded", "share of decisions that got a reward",
            "meanPredicted", "mean prediction",
            "meanAbsoluteError", "mean absolute error");

    private static final Map<String, String> VALUES = inOrder(
            "running", "value of the running policy (mean reward)",
            "greedy", "value of the greedy policy (off-policy, doubly robust)",
            "greedyMinusRunning", "what exploration costs per decision (greedy minus running)");

    private static final Map<String, String> HEALTH = inOrder(
            "decisions", "exploration: decisions in the window",
            "effectiveSampleSize", "exploration: effective sample size for an even policy",
            "effectiveShare", "exploration: effective sample size, share of the decisions",
            "smallestProbability", "exploration: smallest probability of an action");

    private PageFigures() {}

    static Map<String, String> of(Page page, LoopSettings settings) {
        Map<String, String> figures = new LinkedHashMap<>();
        Map<String, Object> known = page.status().figures();
        MEANS.forEach((name, words) -> {
            if (known.get(name) instanceof Double value) {
                figures.put(words, Words.number(value));
            }
        });
        if (known.get("policy value") instanceof Map<?, ?> values) {
            VALUES.forEach((name, words) -> {
                if (values.get(name) instanceof Map<?, ?> value) {
                    figures.put(
                            words,
                            number(value, "value") + ", in [" + number(value, "low") + ", " + number(value, "high")
                                    + "] with 95 % at all times, " + number(value, "feedbacks") + " feedbacks");
                }
            });
        }
        page.calibration()
                .ifPresent(one -> figures.put(
                        "calibration error",
                        Words.number(one.expectedError()) + ", p " + Words.number(one.pValue()) + " over " + one.rows()
                                + " feedbacks"));
        Stream.concat(page.expected().stream(), page.expectedError().stream())
                .forEach(one -> figures.put(
                        one.measure() + " to expect of the newest " + one.rows() + " decisions (an estimate)",
                        Words.number(one.value()) + " in [" + Words.number(one.low()) + ", " + Words.number(one.high())
                                + "]; " + Words.number(one.reference()) + " where it is known"));
        if (known.get("inputs") instanceof Map<?, ?> inputs && inputs.get("together") instanceof Map<?, ?> together) {
            figures.put(
                    "new decisions told from the version's first",
                    "AUC " + Words.number(((Number) together.get("areaUnderCurve")).doubleValue()) + " (0.5: not), p "
                            + Words.number(((Number) together.get("pValue")).doubleValue()) + ", over "
                            + together.get("rows") + " rows");
        }
        if (known.get("exploration health") instanceof Map<?, ?> health) {
            HEALTH.forEach((name, words) -> {
                if (health.containsKey(name)) {
                    figures.put(words, number(health, name));
                }
            });
        }
        figures.put(
                "reference of inputs",
                page.reference() == null ? settings.drift().reference() : page.reference());
        figures.put("level of a check of inputs", Words.number(page.level()));
        figures.put("smallest effect that counts", Words.number(settings.drift().minimumEffect()));
        figures.put("decisions in a window", Integer.toString(settings.drift().windowRows()));
        return figures;
    }

    private static String number(Map<?, ?> figures, String name) {
        return Words.number(((Number) figures.get(name)).doubleValue());
    }

    private static Map<String, String> inOrder(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
