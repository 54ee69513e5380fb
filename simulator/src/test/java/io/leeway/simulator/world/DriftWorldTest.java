package io.leeway.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.contracts.Action;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriftWorldTest {

    private final DriftWorld world = new DriftWorld(2);

    @Test
    void everyValueLiesBetweenUniformAndBest() {
        for (int moment = 0; moment < 2000; moment++) {
            Visit visit = world.visit(moment);
            double sum = 0;
            for (int action = 0; action < 8; action++) {
                assertThat(visit.expected(action)).isBetween(0.0, visit.bestValue());
                assertThat(world.reward(visit, action)).isBetween(0.0, 1.0);
                sum += visit.expected(action);
            }
            assertThat(visit.uniformValue()).isCloseTo(sum / 8, within(1e-12)).isLessThanOrEqualTo(visit.bestValue());
        }
    }

    @Test
    void noFixedActionAndNoLinearPolicyIsBest() {
        for (long seed = 1; seed <= 5; seed++) {
            WorldValues values = WorldValues.of(new DriftWorld(seed), 0, 5000);
            assertThat(values.best() - values.fixed()).as("seed " + seed).isGreaterThan(0.08);
            assertThat(values.best() - values.linear()).as("seed " + seed).isGreaterThan(0.01);
            assertThat(values.nonlinearShare()).as("seed " + seed).isBetween(0.1, 0.6);
        }
    }

    @Test
    void gradualShiftMovesFromTheOldWorldToTheNewOneOverItsWindow() {
        BanditWorld abrupt = world.shifted(Shift.abrupt(0, 7));
        BanditWorld gradual = world.shifted(Shift.gradual(100, 50, 7));
        assertThat(gradual.visit(99).expectedRewards())
                .containsExactly(world.visit(99).expectedRewards());
        assertThat(gradual.visit(149).expectedRewards())
                .containsExactly(abrupt.visit(149).expectedRewards());
        assertThat(gradual.visit(124).expected(3))
                .isCloseTo((world.visit(124).expected(3) + abrupt.visit(124).expected(3)) / 2, within(1e-9));
    }

    @Test
    void shiftsFollowOnEachOther() {
        BanditWorld twice = world.shifted(Shift.abrupt(10, 1)).shifted(Shift.abrupt(20, 2));
        BanditWorld once = world.shifted(Shift.abrupt(10, 1));
        assertThat(twice.visit(15).expectedRewards())
                .containsExactly(once.visit(15).expectedRewards());
        assertThat(twice.visit(20).expectedRewards())
                .isNotEqualTo(once.visit(20).expectedRewards());
    }

    @Test
    void contextsMixNumbersFlagsCategoriesAndTags() {
        Set<Class<?>> kinds = new HashSet<>();
        for (Object value : world.visit(0).context().values()) {
            kinds.add(value instanceof Map ? Map.class : value instanceof List ? List.class : value.getClass());
        }
        assertThat(kinds).containsExactlyInAnyOrder(Double.class, Boolean.class, String.class, Map.class, List.class);
        assertThat(world.actions())
                .extracting(Action::id)
                .doesNotHaveDuplicates()
                .hasSize(8);
    }

    @Test
    void derangementLeavesNothingInItsPlace() {
        for (int seed = 0; seed < 200; seed++) {
            int[] permutation = Noise.derangement(2 + seed % 9, Noise.of(seed));
            Set<Integer> seen = new HashSet<>();
            for (int i = 0; i < permutation.length; i++) {
                assertThat(permutation[i]).isNotEqualTo(i);
                seen.add(permutation[i]);
            }
            assertThat(seen).hasSize(permutation.length);
        }
    }

    @Test
    void wrongSizesAreRefusedByName() {
        assertThatThrownBy(() -> new DriftWorld(1, 1, 0.1)).hasMessageContaining("count=1");
        assertThatThrownBy(() -> Shift.gradual(-1, 3, 1)).hasMessageContaining("from=-1");
        assertThatThrownBy(() -> new Visit(0, Map.of(), List.of(), new double[0]))
                .hasMessageContaining("actions=0");
        assertThatThrownBy(() -> world.visit(0).indexOf("nothing")).hasMessageContaining("id=nothing");
    }
}
