package io.leeway.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.core.json.JsonObject;
import io.leeway.core.testing.Golden;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {
    @Test
    void equalsTheHashComputedOutside() {
        for (JsonObject golden : Golden.json().objects("seeds")) {
            List<String> parts = golden.texts("parts");
            assertThat(Seeds.seed(parts.get(0), parts.get(1), parts.get(2), parts.get(3)))
                    .isEqualTo(golden.text("seed"));
            assertThat(Seeds.uniform(parts.get(0), parts.get(1), parts.get(2), parts.get(3)))
                    .isEqualTo(golden.number("uniform"))
                    .isEqualTo(Seeds.uniform(golden.text("seed")));
        }
    }

    @Test
    void givesEveryQuestionItsOwnSeed() {
        Set<String> seeds = new HashSet<>();
        seeds.add(Seeds.seed("a", "b", "c", "d"));
        seeds.add(Seeds.seed("ab", "", "c", "d"));
        seeds.add(Seeds.seed("a", "bc", "", "d"));
        seeds.add(Seeds.seed("a", "b", "cd", ""));
        seeds.add(Seeds.seed("b", "a", "c", "d"));
        assertThat(seeds).hasSize(5);
        assertThat(Seeds.seed("a", "b", null, "d")).isEqualTo(Seeds.seed("a", "b", "", "d"));
    }

    /** The ids fix the outcome; by chance one set of ids in a million fails each assertion. */
    @Test
    void isUniformAndUnrelatedBetweenPurposes() {
        int cells = 16;
        long[] marginal = new long[cells];
        long[] joint = new long[cells * cells];
        for (int i = 0; i < 100_000; i++) {
            double action = Seeds.uniform("s", Integer.toString(i), "", "action");
            double component = Seeds.uniform("s", Integer.toString(i), "", "component");
            assertThat(action).isBetween(0.0, Math.nextDown(1.0));
            marginal[(int) (action * cells)]++;
            joint[(int) (action * cells) * cells + (int) (component * cells)]++;
        }
        assertThat(ChiSquareOfCounts.pValue(marginal, equal(cells))).isGreaterThan(1e-6);
        assertThat(ChiSquareOfCounts.pValue(joint, equal(cells * cells))).isGreaterThan(1e-6);
    }

    @Test
    void staysBelowOneForTheLargestHash() {
        assertThat(Seeds.uniform("ffffffffffffffff")).isLessThan(1);
        assertThat(Seeds.uniform("0000000000000000")).isZero();
        assertThatThrownBy(() -> Seeds.uniform("12")).hasMessage("must be 16 hexadecimal digits: seed=12");
    }

    private static double[] equal(int cells) {
        double[] probabilities = new double[cells];
        Arrays.fill(probabilities, 1.0 / cells);
        return probabilities;
    }
}
