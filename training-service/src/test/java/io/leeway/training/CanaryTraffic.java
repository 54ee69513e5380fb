package io.leeway.training;

import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Component;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.SlotProbabilities;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Exploration;
import io.leeway.core.bandit.Policy;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Scorers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What predictors and the join make of a canary: decisions of the mixture of two published models, with their rewards. */
final class CanaryTraffic {
    private static final List<io.leeway.core.features.Action> ACTIONS =
            World.ACTIONS.stream().map(io.leeway.core.features.Action::of).toList();

    /** Before what the tests train on: how many of these there are by then is a matter of speed. */
    private static final Instant BEGINNING = Instant.parse("2025-12-01T00:00:00Z");

    private final SplittableRandom random = new SplittableRandom(17);
    private final String loop;
    private final long championVersion;
    private final Policy champion;
    private final long challengerVersion;
    private final Policy challenger;
    private int made;

    CanaryTraffic(String loop, long championVersion, byte[] champion, long challengerVersion, byte[] challenger) {
        this.loop = loop;
        this.championVersion = championVersion;
        this.champion = policy(champion);
        this.challengerVersion = challengerVersion;
        this.challenger = policy(challenger);
    }

    private static Policy policy(byte[] artifact) {
        return new Policy(Scorers.of(Artifact.read(artifact)), Exploration.of("squareCb", Map.of("scale", 1.0)), 0.02);
    }

    List<Feedback> feedback(int rows, double share) {
        List<Feedback> all = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            all.add(one(share));
        }
        return all;
    }

    /** Decisions of the champion alone, beside which the challenger was asked as a shadow. */
    List<Feedback> shadowed(int rows) {
        List<Feedback> all = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            all.add(one(0, true));
        }
        return all;
    }

    private Feedback one(double share) {
        return one(share, false);
    }

    private Feedback one(double share, boolean shadow) {
        double x = 2 * random.nextDouble() - 1;
        Map<String, Object> context = Map.of("x", x, "weekday", made % 2 == 0 ? "MONDAY" : "FRIDAY");
        Distribution theirs = champion.distribution(context, ACTIONS);
        Distribution own = challenger.distribution(context, ACTIONS);
        int drawn = random.nextDouble() < share ? 1 : 0;
        int action = (drawn == 1 ? own : theirs).sample(random.nextDouble());
        List<ActionProbability> mixed = new ArrayList<>();
        for (int a = 0; a < ACTIONS.size(); a++) {
            double probability = (1 - share) * theirs.probability(a) + share * own.probability(a);
            mixed.add(new ActionProbability(World.ACTIONS.get(a), probability, null));
        }
        SlotDecision slot = new SlotDecision(
                "main", mixed, World.ACTIONS.get(action), mixed.get(action).probability(), 0.5);
        Instant time = BEGINNING.plusMillis(100L * made);
        Decision decision = Decision.builder(loop, loop + "-live-" + made++, LoopKind.BANDIT, time)
                .context(context)
                .actions(World.ACTIONS.stream().map(Action::of).toList())
                .slots(List.of(slot))
                .modelVersion(drawn == 1 ? challengerVersion : championVersion)
                .policy("squareCb")
                .components(
                        shadow
                                ? null
                                : List.of(
                                        component(ModelRole.CHAMPION, championVersion, 1 - share, theirs),
                                        component(ModelRole.CHALLENGER, challengerVersion, share, own)))
                .drawnComponent(shadow ? null : drawn)
                .shadows(shadow ? List.of(component(ModelRole.SHADOW, challengerVersion, 0, own)) : null)
                .build();
        double reward = random.nextDouble() < World.expected(x, action) ? 1 : 0;
        return Feedback.matched(decision, reward, time.plusSeconds(1));
    }

    private static Component component(ModelRole role, long version, double weight, Distribution distribution) {
        List<ActionProbability> probabilities = new ArrayList<>();
        for (int a = 0; a < ACTIONS.size(); a++) {
            probabilities.add(new ActionProbability(World.ACTIONS.get(a), distribution.probability(a), null));
        }
        return new Component(
                role.word(), version, "squareCb", weight, List.of(new SlotProbabilities("main", probabilities)), null);
    }
}
