package io.leeway.prediction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.contracts.Action;
import io.leeway.contracts.Canary;
import io.leeway.contracts.ExplorationSettings;
import io.leeway.contracts.Freeze;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardRange;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.ServingSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Loops for tests. */
public final class TestLoops {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final String SALT = "salt of the tests";
    public static final ExplorationSettings GREEDY =
            new ExplorationSettings("epsilonGreedy", Map.of("epsilon", 0.1), 0.0);

    private TestLoops() {}

    public static Loop of(String name, LoopSettings settings, Freeze freeze) {
        return new Loop(name, 1, SALT, settings, freeze, NOW, NOW, null);
    }

    /** A bandit loop with actions of its own. */
    public static Loop bandit(String name, ExplorationSettings exploration, String... actions) {
        return of(name, banditSettings(exploration, RewardSettings.DEFAULT, actions), null);
    }

    public static LoopSettings banditSettings(
            ExplorationSettings exploration, RewardSettings reward, String... actions) {
        return LoopSettings.builder(LoopKind.BANDIT)
                .actions(Stream.of(actions).map(Action::of).toList())
                .reward(reward)
                .exploration(exploration)
                .build();
    }

    public static Loop regression(String name) {
        return of(name, LoopSettings.of(LoopKind.REGRESSION), null);
    }

    /** The loop, answered in another way; one revision later. */
    public static Loop serving(Loop loop, ServingSettings serving) {
        return serving(loop, serving, loop.revision() + 1);
    }

    public static Loop serving(Loop loop, ServingSettings serving, long revision) {
        ObjectNode settings = Json.mapper().valueToTree(loop.settings());
        settings.set("serving", Json.mapper().valueToTree(serving));
        LoopSettings changed = Json.read(settings.toString(), LoopSettings.class);
        return new Loop(
                loop.name(), revision, loop.salt(), changed, loop.freeze(), loop.createdAt(), loop.updatedAt(), null);
    }

    public static Loop frozen(Loop loop, Freeze freeze) {
        return new Loop(
                loop.name(),
                loop.revision() + 1,
                loop.salt(),
                loop.settings(),
                freeze,
                loop.createdAt(),
                loop.updatedAt(),
                null);
    }

    /** The loop with a share for a challenger; one revision later. */
    public static Loop withCanary(Loop loop, long version, double share) {
        return new Loop(
                loop.name(),
                loop.revision() + 1,
                loop.salt(),
                loop.settings(),
                null,
                new Canary(version, share, NOW),
                loop.createdAt(),
                loop.updatedAt(),
                null);
    }

    public static RewardSettings rewards(RewardRange range) {
        return new RewardSettings(null, null, null, null, null, null, range);
    }

    public static List<Action> actions(String... ids) {
        return Stream.of(ids).map(Action::of).toList();
    }
}
