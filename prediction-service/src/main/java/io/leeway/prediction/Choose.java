package io.leeway.prediction;

import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.SlotDecision;
import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Scored;
import io.leeway.core.bandit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses among actions: a pure function of a loop as it serves, a request, an event id and the time. Everything that is logged
 * comes from the one {@link ServingLoop} that it was given.
 */
final class Choose {
    /** What a decision's random number is for; part of its seed. */
    static final String PURPOSE = "action";

    private Choose() {}

    /** What a policy made of the eligible actions, under the names that are logged. */
    private record Opinion(String policy, long modelVersion, double[] scores, Distribution distribution) {
        private static Opinion of(ServingLoop serving, DecisionRequest request, EligibleActions eligible) {
            int pinned = serving.pinnedAction().map(eligible::indexOf).orElse(-1);
            if (pinned >= 0) {
                double[] certain = new double[eligible.size()];
                certain[pinned] = 1;
                return new Opinion(ServingPolicy.FROZEN, 0, null, Distribution.of(certain));
            }
            ServingPolicy policy = serving.policy();
            Scored scored = policy.policy().decide(request.context(), eligible.toCore(serving));
            return new Opinion(
                    policy.word(), policy.modelVersion(), scored.scores().orElse(null), scored.distribution());
        }
    }

    /** @throws ContractViolation if the request cannot be decided; it names field and value */
    static Decision choose(ServingLoop serving, DecisionRequest request, String eventId, Instant now, int mostActions) {
        Loop loop = serving.loop();
        if (loop.kind() == LoopKind.MDP && request.episode() == null) {
            throw new ContractViolation("episode", "must be given in an mdp loop", null);
        }
        EligibleActions eligible = EligibleActions.of(loop, request, mostActions);
        Opinion opinion = Opinion.of(serving, request, eligible);
        String slot = request.slots().isEmpty()
                ? SlotDecision.MAIN
                : request.slots().get(0).name();
        double draw = Seeds.uniform(loop.salt(), eventId, slot, PURPOSE);
        Choice choice = opinion.distribution.choose(draw);
        SlotDecision decided = new SlotDecision(
                slot,
                probabilities(eligible.actions(), opinion),
                eligible.actions().get(choice.action()).id(),
                choice.probability(),
                draw);
        return new Decision(
                loop.name(),
                eventId,
                loop.revision(),
                loop.kind(),
                request.time() == null ? now : request.time(),
                request.context(),
                eligible.offered(),
                eligible.excluded(),
                List.of(decided),
                null,
                opinion.modelVersion,
                opinion.policy,
                null,
                null,
                null,
                request.deferred(),
                request.episode(),
                request.other());
    }

    private static List<ActionProbability> probabilities(List<Action> actions, Opinion opinion) {
        List<ActionProbability> probabilities = new ArrayList<>(actions.size());
        for (int i = 0; i < actions.size(); i++) {
            Double score = opinion.scores == null ? null : opinion.scores[i];
            probabilities.add(new ActionProbability(actions.get(i).id(), opinion.distribution.probability(i), score));
        }
        return probabilities;
    }
}
