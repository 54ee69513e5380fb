package io.leeway.prediction;

import io.leeway.contracts.FeatureEffect;
import io.leeway.contracts.SlotDecision;
import io.leeway.core.features.Action;
import io.leeway.core.model.Scorer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Says which features moved a score: how much lower it would be had the feature not been given. Exact for any scorer, linear or
 * not, because the scorer itself is asked; one score for each feature. In a linear model the effects add up. Stateless.
 */
final class Explain {
    /** Features that are told, those of the largest effect. */
    static final int MOST_EFFECTS = 20;
    /** Features that are tried, in the order of the request: each costs a score. */
    static final int MOST_FEATURES = 256;

    private Explain() {}

    /** @param scorer null without a model */
    static List<FeatureEffect> choice(Scorer scorer, String slot, Map<String, Object> context, Action action) {
        if (scorer == null) {
            return List.of();
        }
        double score = scorer.score(context, List.of(action))[0];
        List<FeatureEffect> effects = new ArrayList<>();
        Without.each(
                context,
                (feature, without) -> add(
                        effects, new FeatureEffect(slot, feature, score - scorer.score(without, List.of(action))[0])));
        Without.each(action.features(), (feature, without) -> {
            Action changed = new Action(action.id(), without);
            add(
                    effects,
                    new FeatureEffect(slot, "action." + feature, score - scorer.score(context, List.of(changed))[0]));
        });
        return largest(effects);
    }

    static List<FeatureEffect> prediction(Scorer scorer, Map<String, Object> context) {
        double prediction = scorer.predict(context);
        List<FeatureEffect> effects = new ArrayList<>();
        ToDoubleFunction<Map<String, Object>> predict = scorer::predict;
        Without.each(
                context,
                (feature, without) -> add(
                        effects,
                        new FeatureEffect(SlotDecision.MAIN, feature, prediction - predict.applyAsDouble(without))));
        return largest(effects);
    }

    private static void add(List<FeatureEffect> effects, FeatureEffect effect) {
        if (effect.effect() != 0) {
            effects.add(effect);
        }
    }

    private static List<FeatureEffect> largest(List<FeatureEffect> effects) {
        effects.sort(Comparator.comparingDouble((FeatureEffect effect) -> -Math.abs(effect.effect())));
        return effects.size() <= MOST_EFFECTS ? effects : List.copyOf(effects.subList(0, MOST_EFFECTS));
    }

    /** Gives every feature of an object with a copy of the object that lacks it. A list counts as one feature. */
    private static final class Without {
        private interface Visitor {
            void visit(String feature, Map<String, Object> without);
        }

        private interface Rebuild {
            Map<String, Object> around(Map<String, Object> changed);
        }

        private static void each(Map<String, Object> json, Visitor visitor) {
            walk("", json, whole -> whole, visitor, new int[] {MOST_FEATURES});
        }

        @SuppressWarnings("unchecked")
        private static void walk(
                String path, Map<String, Object> object, Rebuild rebuild, Visitor visitor, int[] left) {
            for (Map.Entry<String, Object> entry : object.entrySet()) {
                String key = entry.getKey();
                if (key.startsWith("_") || entry.getValue() == null || left[0] <= 0) {
                    continue;
                }
                if (entry.getValue() instanceof Map<?, ?> inner) {
                    walk(
                            path + key + ".",
                            (Map<String, Object>) inner,
                            changed -> {
                                Map<String, Object> copy = new LinkedHashMap<>(object);
                                copy.put(key, changed);
                                return rebuild.around(copy);
                            },
                            visitor,
                            left);
                    continue;
                }
                left[0]--;
                Map<String, Object> copy = new LinkedHashMap<>(object);
                copy.remove(key);
                visitor.visit(path + key, rebuild.around(copy));
            }
        }
    }
}
