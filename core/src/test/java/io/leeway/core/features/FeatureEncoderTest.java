package io.leeway.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.leeway.core.testing.RandomValues;
import io.leeway.core.testing.SeededRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SeededRandom.class)
class FeatureEncoderTest {
    private static final FeatureSpec SPEC = new FeatureSpec(
            List.of(
                    Input.number("age", 40, 10, true),
                    Input.category("city", List.of("Rome", "Oslo"), false),
                    Input.flag("member", true),
                    Input.number("visits.0", 0, 1, false)),
            List.of(
                    Input.category(FeatureSpec.ACTION_ID, List.of("a", "b"), false),
                    Input.number("price", 5, 2, false)),
            false);
    private final FeatureEncoder encoder = new FeatureEncoder(SPEC);

    @Test
    void encodesEachKindIntoItsColumns() {
        assertThat(encoder.encode(Map.of("age", 50, "city", "Oslo", "member", true, "visits", List.of(0.5))))
                .containsExactly(1f, 0f, 0f, 1f, 0f, 1f, 0f, 0.5f);
        assertThat(SPEC.columnNames())
                .startsWith(
                        "age", "age=<missing>", "city=Rome", "city=Oslo", "city=<other>", "member", "member=<missing>")
                .endsWith("action._id=a", "action._id=b", "action._id=<other>", "action.price");
    }

    @Test
    void marksMissingValuesAndPutsTheMeanInTheirPlace() {
        float[] empty = {0f, 1f, 0f, 0f, 0f, 0f, 1f, 0f};
        assertThat(encoder.encode(Map.of())).containsExactly(empty);
        Map<String, Object> nulls = new HashMap<>();
        nulls.put("age", null);
        nulls.put("member", null);
        assertThat(encoder.encode(nulls)).containsExactly(empty);
        assertThat(encoder.encode(Map.of("age", "fifty", "member", "yes"))).containsExactly(empty);
    }

    @Test
    void putsUnseenWordsIntoOtherAndSeveralWordsIntoSeveralColumns() {
        assertThat(encoder.encode(Map.of("city", "Bonn"))).startsWith(0f, 1f, 0f, 0f, 1f);
        assertThat(encoder.encode(Map.of("city", List.of("Rome", "Bonn", "Oslo"))))
                .startsWith(0f, 1f, 1f, 1f, 1f);
    }

    @Test
    void readsNumbersAndFlagsAsWordsWhereTrainingSawWords() {
        FeatureSpec spec =
                new FeatureSpec(List.of(Input.category("zone", List.of("43", "true", "2.5"), false)), List.of(), false);
        FeatureEncoder words = new FeatureEncoder(spec);
        assertThat(words.encode(Map.of("zone", 43))).containsExactly(1f, 0f, 0f, 0f);
        assertThat(words.encode(Map.of("zone", 43L))).containsExactly(1f, 0f, 0f, 0f);
        assertThat(words.encode(Map.of("zone", 43.0))).containsExactly(1f, 0f, 0f, 0f);
        assertThat(words.encode(Map.of("zone", true))).containsExactly(0f, 1f, 0f, 0f);
        assertThat(words.encode(Map.of("zone", 2.5))).containsExactly(0f, 0f, 1f, 0f);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e300, -1e300, Double.MAX_VALUE, -Double.MAX_VALUE, 1e9, 121, -41})
    void clipsHugeNumbers(double age) {
        assertThat(encoder.encode(Map.of("age", age))[0]).isEqualTo(age > 0 ? 8f : -8f);
    }

    @Test
    void refusesNumbersThatAreNotFiniteByName() {
        assertThatThrownBy(() -> encoder.encode(Map.of("visits", List.of(Double.NaN))))
                .hasMessage("must be finite: visits.0=NaN");
    }

    @Test
    void appendsActionColumnsAndInteractions() {
        FeatureSpec spec = new FeatureSpec(SPEC.context(), SPEC.action(), true);
        FeatureEncoder joint = new FeatureEncoder(spec);
        Map<String, Object> context = Map.of("age", 50, "city", "Rome");
        Action action = new Action("b", Map.of("price", 9));

        float[] columns = joint.encode(context, action);

        assertThat(columns).hasSize(spec.width()).hasSize(8 + 4 + 32);
        assertThat(spec.columnNames()).hasSize(spec.width());
        assertThat(columns[8 + 1]).isEqualTo(1f);
        assertThat(columns[8 + 3]).isEqualTo(2f);
        for (int j = 0; j < 4; j++) {
            for (int i = 0; i < 8; i++) {
                assertThat(columns[12 + j * 8 + i]).isEqualTo(columns[8 + j] * columns[i]);
            }
        }
        assertThat(spec.columnNames().get(12 + 3 * 8)).isEqualTo("age x action.price");
    }

    @Test
    void doesNotTakeAFeatureForTheActionsId() {
        Action action = new Action("zz", Map.of(FeatureSpec.ACTION_ID, "a"));
        float[] columns = encoder.encode(Map.of(), action);
        assertThat(columns[8]).isZero();
        assertThat(columns[8 + 2]).isEqualTo(1f);
    }

    @Test
    void equalsThePlainEncoderOnRandomRows(Random random) {
        for (int round = 0; round < 25; round++) {
            FeatureSpecLearner learner = new FeatureSpecLearner();
            for (int i = 0; i < 30; i++) {
                learner.observe(
                        RandomValues.object(random, 3), RandomValues.object(random, 2), "action-" + random.nextInt(4));
            }
            FeatureSpec spec = learner.learn(new FeatureOptions(1 + random.nextInt(4), 1, random.nextBoolean()));
            FeatureEncoder fast = new FeatureEncoder(spec);
            float[] reused = new float[spec.contextWidth()];
            for (int i = 0; i < 20; i++) {
                Map<String, Object> context = RandomValues.object(random, 3);
                Action action = new Action("action-" + random.nextInt(6), RandomValues.object(random, 2));
                requireEqual(spec, fast, context, action);
                fast.encodeContext(context, reused);
                assertThat(reused).containsExactly(fast.encode(context));
            }
        }
    }

    private static void requireEqual(
            FeatureSpec spec, FeatureEncoder fast, Map<String, Object> context, Action action) {
        List<Double> plain = new ArrayList<>(PlainEncoder.encode(spec.context(), context, null));
        List<Double> ofAction = PlainEncoder.encode(spec.action(), action.features(), action.id());
        plain.addAll(ofAction);
        if (spec.interactions()) {
            for (double a : ofAction) {
                plain.subList(0, spec.contextWidth()).stream()
                        .map(c -> a * c)
                        .toList()
                        .forEach(plain::add);
            }
        }
        float[] columns = fast.encode(context, action);
        assertThat(columns).hasSize(plain.size());
        for (int i = 0; i < columns.length; i++) {
            // Both round a double once or twice to float: one part in 2^23.
            if (!(Math.abs(columns[i] - plain.get(i)) <= 1e-5)) {
                fail(spec.columnNames().get(i) + " is " + columns[i] + ", plainly " + plain.get(i));
            }
        }
    }
}
