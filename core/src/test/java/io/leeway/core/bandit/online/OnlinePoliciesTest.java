package io.leeway.core.bandit.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.leeway.core.bandit.Choice;
import io.leeway.core.features.Situation;
import io.leeway.core.features.SparseVector;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnlinePoliciesTest {
    static Iterable<String> names() {
        return OnlinePolicies.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void learnsWhichActionPaysInWhichContext(String name) {
        assumeFalse(Recovery.BLIND.contains(name), "does not look at the context");
        OnlinePolicy policy = OnlinePolicies.of(name, Map.of());
        Random random = new Random(1);
        int right = 0;
        for (int i = 0; i < 1500; i++) {
            double x = random.nextGaussian();
            Situation situation = Situation.of(SparseVector.dense(x, random.nextGaussian()), List.of("low", "high"));
            Choice choice = policy.decide(situation, random).choose(random.nextDouble());
            double reward = (choice.action() == 1) == (x > 0) ? 1 : 0;
            right += i >= 1000 ? (int) reward : 0;
            policy.learn(situation, choice, reward);
        }
        assertThat(right).isGreaterThan(400);
    }

    @Test
    void refusesUnknownNamesAndParameters() {
        assertThatThrownBy(() -> OnlinePolicies.of("magic", Map.of())).hasMessageEndingWith("policy=magic");
        assertThatThrownBy(() -> OnlinePolicies.of("linucb", Map.of("beta", 1.0)))
                .hasMessageContaining("parameter=beta policy=linucb");
        assertThat(OnlinePolicies.of("epsilon-greedy_RIDGE", Map.of())).isInstanceOf(ScheduledPolicy.class);
    }
}
