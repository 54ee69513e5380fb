package io.leeway.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.core.json.Json;
import io.leeway.core.testing.Seed;
import io.leeway.core.testing.SeededRandom;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Gates and canaries outlive processes: what was saved as text and read again goes on to the last bit. */
@ExtendWith(SeededRandom.class)
class SavedSequencesTest {
    private static final double UNKNOWN = Double.POSITIVE_INFINITY;

    @Test
    void aValueSequenceGoesOnExactly(Random random) {
        for (Values values : Values.values()) {
            for (double bound : new double[] {7, UNKNOWN}) {
                LoggedRows rows = World.log(random, 900);
                PolicyValueSequence whole = new PolicyValueSequence(RewardRange.UNIT, bound, 0.95, values);
                PolicyValueSequence restored = new PolicyValueSequence(RewardRange.UNIT, bound, 0.95, values);
                for (int i = 0; i < rows.size(); i++) {
                    double reward = random.nextDouble();
                    whole.add(rows.weight(i), reward);
                    restored.add(rows.weight(i), reward);
                    if (i % 250 == 0) {
                        restored = PolicyValueSequence.fromJson(throughText(restored.toJson()));
                    }
                }
                assertThat(restored.count()).isEqualTo(900);
                assertThat(restored.interval()).isEqualTo(whole.interval());
            }
        }
    }

    @Test
    void aDifferenceSequenceThatIsSavedOnItsWayEqualsOneThatIsNot(Random random) {
        for (Values values : Values.values()) {
            PolicyDifferenceSequence[][] kinds = {
                pair(() -> PolicyDifferenceSequence.againstLogged(RewardRange.UNIT, UNKNOWN, 0.95, values)),
                pair(() -> PolicyDifferenceSequence.of(RewardRange.UNIT, 9, 0.95, values)),
                pair(() -> PolicyDifferenceSequence.of(RewardRange.UNIT, UNKNOWN, 0.95, values)),
                pair(() -> PolicyDifferenceSequence.ofMixture(RewardRange.UNIT, 9, 2, 0.9, values))
            };
            for (PolicyDifferenceSequence[] pair : kinds) {
                for (int i = 0; i < 1500; i++) {
                    double weight = 9 * random.nextDouble();
                    // Many different values, so that histograms are compressed on the way.
                    double reward = random.nextDouble();
                    pair[0].add(weight, 1, reward);
                    pair[1].add(weight, 1, reward);
                    if (i % 400 == 0) {
                        pair[1] = PolicyDifferenceSequence.fromJson(throughText(pair[1].toJson()));
                    }
                }
                assertThat(pair[1].count()).isEqualTo(1500);
                assertThat(pair[1].interval()).isEqualTo(pair[0].interval());
                assertThat(pair[1].isBetterBy(0.01)).isEqualTo(pair[0].isBetterBy(0.01));
            }
        }
    }

    @Test
    void aSavedStateThatIsDamagedIsNamed() {
        Map<String, Object> damaged = new java.util.HashMap<>(
                PolicyDifferenceSequence.againstLogged(RewardRange.UNIT, 7, 0.95, Values.CONSTANT)
                        .toJson());
        damaged.put("controlled", Map.of("low", Map.of("values", java.util.List.of(1.0))));
        assertThatThrownBy(() -> PolicyDifferenceSequence.fromJson(damaged))
                .hasMessageContaining("controlled.low.masses");
    }

    /** The reference's bound alone is enough, the challenger's weights may be large: the truth is held, and sooner seen with a model. */
    @Test
    @Seed(20261201)
    void switchedControlsHoldTheTruthAndSeeSooner(Random random) {
        double[] mean = {0.45, 0.55, 0.65};
        double[] logging = {0.9, 0.05, 0.05};
        double[] challenger = {0.05, 0.05, 0.9};
        double truth = 0;
        for (int a = 0; a < 3; a++) {
            truth += (challenger[a] - logging[a]) * mean[a];
        }
        int left = 0;
        double plainWidth = 0;
        double switchedWidth = 0;
        for (int log = 0; log < 60; log++) {
            PolicyDifferenceSequence plain =
                    PolicyDifferenceSequence.againstLogged(RewardRange.UNIT, UNKNOWN, 0.95, Values.CONSTANT);
            PolicyDifferenceSequence switched =
                    PolicyDifferenceSequence.switched(RewardRange.UNIT, UNKNOWN, 1, 0.95, Values.CONSTANT);
            boolean out = false;
            for (int i = 0; i < 1200; i++) {
                double draw = random.nextDouble();
                int a = draw < 0.9 ? 0 : draw < 0.95 ? 1 : 2;
                double reward = Math.max(0, Math.min(1, mean[a] + 0.05 * random.nextGaussian()));
                SwitchedControl control =
                        SwitchedControl.of(challenger, logging, logging, mean, a, 1, RewardRange.UNIT);
                double weight = challenger[a] / logging[a];
                plain.add(weight, 1, reward);
                switched.add(weight, 1, reward, mean[a], truth, control);
                out |= i % 50 == 0 && (switched.isBetterBy(truth) || switched.isWorseThan(truth));
            }
            left += out || !switched.interval().contains(truth) ? 1 : 0;
            plainWidth += plain.interval().width();
            switchedWidth += switched.interval().width();
        }
        assertThat(left).isLessThanOrEqualTo(3);
        assertThat(switchedWidth).isLessThan(plainWidth);
    }

    private static PolicyDifferenceSequence[] pair(java.util.function.Supplier<PolicyDifferenceSequence> make) {
        return new PolicyDifferenceSequence[] {make.get(), make.get()};
    }

    private static Map<String, Object> throughText(Map<String, Object> json) {
        @SuppressWarnings("unchecked")
        Map<String, Object> read = (Map<String, Object>) Json.read(Json.write(json));
        return read;
    }
}
