package io.leeway.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import io.leeway.core.testing.RandomValues;
import io.leeway.core.testing.SeededRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class FeatureSpecLearnerTest {
    private static final FeatureOptions ALL = FeatureOptions.defaults().withMinimumCount(1);

    @Test
    void learnsMeanAndDeviationAsTwoPassesDo(Random random) {
        double[] values = RandomValues.gaussians(random, 1000);
        FeatureSpecLearner learner = new FeatureSpecLearner();
        for (double value : values) {
            // A large offset: naive sums of squares lose every digit of the variance here.
            learner.observe(Map.of("x", 1e9 + value), null, null);
        }
        Input x = learner.learn(ALL).context().get(0);

        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        // Each of 1000 steps rounds by up to 6e-8 at this size: a random walk of sd 2e-6.
        assertThat(x.mean() - 1e9).isCloseTo(mean, within(2e-5));
        assertThat(x.standardDeviation()).isCloseTo(Math.sqrt(variance), within(2e-5));
        assertThat(x.missingIndicator()).isFalse();
    }

    @Test
    void standardisesTrainingDataToMeanZeroAndDeviationOne(Random random) {
        FeatureSpecLearner learner = new FeatureSpecLearner();
        double[] values = new double[500];
        for (int i = 0; i < values.length; i++) {
            values[i] = 3 + 17 * random.nextDouble();
            learner.observe(Map.of("x", values[i]), null, null);
        }
        FeatureEncoder encoder = new FeatureEncoder(learner.learn(ALL));
        double sum = 0;
        double squares = 0;
        for (double value : values) {
            double column = encoder.encode(Map.of("x", value))[0];
            sum += column;
            squares += column * column;
        }
        assertThat(sum / values.length).isCloseTo(0, within(1e-6));
        assertThat(squares / values.length).isCloseTo(1, within(1e-5));
    }

    @Test
    void givesConstantColumnsADeviationOfOne() {
        FeatureSpecLearner learner = new FeatureSpecLearner();
        for (int i = 0; i < 100; i++) {
            learner.observe(Map.of("constant", 0.1, "huge", i % 2 == 0 ? 1e300 : 2e300), null, null);
        }
        FeatureSpec spec = learner.learn(ALL);

        assertThat(spec.context())
                .allSatisfy(input -> assertThat(input.standardDeviation()).isEqualTo(1));
        assertThat(new FeatureEncoder(spec).encode(Map.of("constant", 0.1, "huge", 1e300)))
                .containsExactly(0f, 0f);
        assertThat(new FeatureEncoder(spec).encode(Map.of("constant", 0.6))[0]).isEqualTo(0.5f);
    }

    @Test
    void staysFiniteOnNumbersAtTheEndOfTheRange() {
        FeatureSpecLearner learner = new FeatureSpecLearner();
        for (int i = 0; i < 10; i++) {
            learner.observe(Map.of("x", i % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE), null, null);
        }
        FeatureEncoder encoder = new FeatureEncoder(learner.learn(ALL));
        assertThat(encoder.encode(Map.of("x", Double.MAX_VALUE))[0]).isEqualTo(1f, within(0.01f));
        assertThat(encoder.encode(Map.of("x", -Double.MAX_VALUE))[0]).isEqualTo(-1f, within(0.01f));
    }

    @Test
    void ordersWordsByFrequencyAndBoundsThem() {
        FeatureSpecLearner learner = new FeatureSpecLearner();
        for (String word : List.of("b", "a", "c", "c", "b", "c", "d")) {
            learner.observe(Map.of("w", word), null, null);
        }
        assertThat(learner.learn(ALL).context().get(0).vocabulary()).containsExactly("c", "b", "a", "d");
        assertThat(learner.learn(ALL.withMaximumCategories(2)).context().get(0).vocabulary())
                .containsExactly("c", "b");
        assertThat(learner.learn(ALL.withMinimumCount(3)).context().get(0).vocabulary())
                .containsExactly("c");
    }

    @Test
    void marksAsMissingWhatIsNotInEveryRow() {
        FeatureSpecLearner learner = new FeatureSpecLearner();
        Map<String, Object> nulls = new HashMap<>();
        nulls.put("sometimesNull", null);
        nulls.put("always", 1);
        nulls.put("tags", List.of("x", "y", "z"));
        learner.observe(nulls, null, null);
        learner.observe(Map.of("sometimesNull", 1, "always", 2, "tags", "x", "flag", true), null, null);

        Map<String, Boolean> missing = new HashMap<>();
        learner.learn(ALL).context().forEach(input -> missing.put(input.path(), input.missingIndicator()));

        assertThat(missing)
                .containsOnly(
                        Map.entry("always", false),
                        Map.entry("sometimesNull", true),
                        Map.entry("flag", true),
                        // Three words in one row are one row: they must not hide a row without any.
                        Map.entry("tags", false));
        learner.observe(Map.of("always", 3, "sometimesNull", 1, "flag", false), null, null);
        assertThat(learner.learn(ALL).context())
                .filteredOn(input -> input.path().equals("tags"))
                .allMatch(Input::missingIndicator);
    }

    @Test
    void learnsActionsApartFromContexts() {
        FeatureSpecLearner learner = new FeatureSpecLearner();
        learner.observe(Map.of("x", 1), Map.of("x", "red"), "a");
        learner.observe(Map.of("x", 2), Map.of(), "b");
        FeatureSpec spec = learner.learn(ALL);

        assertThat(spec.context()).extracting(Input::kind).containsExactly(Input.Kind.NUMBER);
        assertThat(spec.action()).extracting(Input::path).containsExactly("_id", "x");
        assertThat(spec.action().get(1).missingIndicator()).isTrue();
        assertThat(spec.width()).isEqualTo(1 + 3 + 3);
    }

    @Test
    void isIndependentOfTheOrderOfKeysAndRoundTripsThroughJson(Random random) {
        FeatureSpecLearner one = new FeatureSpecLearner();
        FeatureSpecLearner other = new FeatureSpecLearner();
        for (int i = 0; i < 50; i++) {
            Map<String, Object> row = RandomValues.object(random, 3);
            Map<String, Object> reversed = new LinkedHashMap<>();
            row.keySet().stream().sorted((a, b) -> b.compareTo(a)).forEach(key -> reversed.put(key, row.get(key)));
            one.observe(row, null, "a");
            other.observe(reversed, null, "a");
        }
        FeatureSpec spec = one.learn(ALL);

        assertThat(other.learn(ALL)).isEqualTo(spec);
        String json = Json.write(spec.toJson());
        @SuppressWarnings("unchecked")
        FeatureSpec read = FeatureSpec.fromJson((Map<String, Object>) Json.read(json));
        assertThat(read).isEqualTo(spec);
        assertThat(read.sha256()).isEqualTo(spec.sha256()).hasSize(64);
        assertThat(one.learn(ALL.withInteractions(true)).sha256()).isNotEqualTo(spec.sha256());
    }

    @Test
    void boundsThePathsOfKeysThatAreReallyIds() {
        FeatureSpecLearner learner = new FeatureSpecLearner();
        for (int i = 0; i < FeatureSpecLearner.MAXIMUM_PATHS + 500; i++) {
            learner.observe(Map.of("key" + i, 1), null, null);
        }
        assertThat(learner.learn(ALL).context()).hasSize(FeatureSpecLearner.MAXIMUM_PATHS);
    }

    @Test
    void refusesAbsurdSpecifications() {
        Input x = Input.number("x", 0, 1, false);
        assertThatThrownBy(() -> new FeatureSpec(List.of(x, x), List.of(), false))
                .hasMessageContaining("distinct");
        assertThatThrownBy(() -> Input.number("x", 0, 0, false))
                .hasMessageContaining("must be > 0: standardDeviation=0");
        assertThatThrownBy(() -> Input.number("x", Double.NaN, 1, false)).hasMessageContaining("mean=NaN");
        assertThatThrownBy(() -> new FeatureOptions(0, 1, false)).hasMessage("must be >= 1: maximumCategories=0");
        assertThatThrownBy(() -> FeatureSpec.fromJson(Map.of("context", 1))).hasMessageContaining("context=1");
        assertThat(JsonObject.of(Map.of()).has("x")).isFalse();
    }
}
