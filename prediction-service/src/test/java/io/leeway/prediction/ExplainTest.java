package io.leeway.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.contracts.FeatureEffect;
import io.leeway.contracts.ModelRole;
import io.leeway.core.features.Action;
import io.leeway.core.model.Scorer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplainTest {
    /** 2 user.age + 3 action.price - age * price, whatever is not given being 0. */
    private static final Scorer SCORER = new Scorer() {
        @Override
        public double[] score(Map<String, ?> context, List<Action> actions) {
            double age = number(((Map<?, ?>) context.get("user")).get("age"));
            return actions.stream()
                    .mapToDouble(action -> {
                        double price = number(action.features().get("price"));
                        return 2 * age + 3 * price - age * price;
                    })
                    .toArray();
        }

        @Override
        public double predict(Map<String, ?> context) {
            throw new IllegalStateException();
        }

        private double number(Object value) {
            return value == null ? 0 : ((Number) value).doubleValue();
        }
    };

    @Test
    void anEffectIsWhatTheScoreLosesWithoutTheFeature() {
        Map<String, Object> context = Map.of("user", Map.of("age", 5, "name", "unused"));
        List<FeatureEffect> effects =
                Explain.choice(SCORER, "main", context, new Action("a", Map.of("price", 7, "colour", "unused")));
        // 10 + 21 - 35 = -4; without the age 21; without the price 10.
        assertThat(effects)
                .containsExactly(
                        new FeatureEffect("main", "user.age", -25), new FeatureEffect("main", "action.price", -14));
    }

    @Test
    void aLinearModelsEffectIsWeightTimesValue() {
        ServingModel model = TestModels.serving(TestModels.regression("rides", 1.5f, 10), ModelRole.CHAMPION, 1);
        List<FeatureEffect> effects = Explain.prediction(model.scorer(), Map.of("x", 4, "y", 1));
        assertThat(effects).hasSize(1);
        assertThat(effects.get(0).feature()).isEqualTo("x");
        assertThat(effects.get(0).effect()).isCloseTo(6, within(1e-6));
    }

    @Test
    void aNetworkIsExplainedToo() {
        Scorer network = TestModels.serving(TestModels.network("films", 0.5f, "a", "b"), ModelRole.CHAMPION, 1)
                .scorer();
        List<FeatureEffect> effects = Explain.choice(network, "main", Map.of("x", 2), Action.of("a"));
        // Four hidden units of 0.5 * 2 each, times 0.5.
        assertThat(effects).containsExactly(new FeatureEffect("main", "x", 2));
    }

    @Test
    void withoutAModelThereIsNothingToExplain() {
        assertThat(Explain.choice(null, "main", Map.of("x", 2), Action.of("a"))).isEmpty();
    }
}
