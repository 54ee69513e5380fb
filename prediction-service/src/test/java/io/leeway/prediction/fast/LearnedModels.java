package io.leeway.prediction.fast;

import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.Json;
import io.leeway.contracts.ModelRole;
import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.continuous.ContinuousLearner;
import io.leeway.core.bandit.continuous.ContinuousLearners;
import io.leeway.core.features.Action;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.features.Situation;
import io.leeway.prediction.ServingModel;
import io.leeway.prediction.TestModels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Models of online learners that have seen random requests. */
final class LearnedModels {
    private LearnedModels() {}

    static ServingModel of(String loop, String learner) {
        ContinuousLearner learning = ContinuousLearners.of(learner, false);
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 400; i++) {
            DecisionRequest request = Json.read(
                    RandomRequests.body(random, "learned-" + i).getBytes(StandardCharsets.UTF_8),
                    DecisionRequest.class);
            List<Action> actions =
                    request.actions() == null || request.actions().isEmpty()
                            ? List.of(Action.of("a"), Action.of("b"), Action.of("c"))
                            : request.actions().stream()
                                    .map(action -> new Action(action.id(), action.features()))
                                    .toList();
            Situation situation = new HashedEncoder().encode(request.context(), actions);
            int chosen = random.nextInt(situation.size());
            learning.learn(situation, new Choice(chosen, 1.0 / situation.size()), random.nextDouble() + chosen);
        }
        return TestModels.serving(TestModels.learned(loop, learner, learning.export()), ModelRole.CHAMPION, 3);
    }
}
