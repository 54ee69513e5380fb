package io.leeway.cli.demo;

import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardSettings;
import io.leeway.simulator.world.BanditWorld;
import io.leeway.simulator.world.DriftWorld;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A made-up world that changes twice; needs no data. */
@Command(name = "drift", description = "A synthetic bandit world with an abrupt and a gradual change; needs no data.")
final class DriftDemo implements Callable<Integer> {
    @Mixin
    private DemoOptions options;

    @Override
    public Integer call() throws Exception {
        BanditWorld world = new DriftWorld(options.seed);
        BanditPlan plan = new BanditPlan(
                RunName.of("drift"),
                "drift",
                settings(world),
                world,
                List.of(new Change("abrupt", 0, options.seed + 1), new Change("gradual", 3000, options.seed + 2)),
                3000,
                4000,
                400,
                8);
        return new BanditDemo("drift", options)
                .run(List.of(plan), new BanditStory("A made-up shop whose visitors change"));
    }

    static LoopSettings settings(BanditWorld world) {
        return LoopSettings.builder(LoopKind.BANDIT)
                .description("demo: a made-up shop")
                .actions(world.actions())
                .reward(new RewardSettings(Duration.ofSeconds(2), null, null, true, null, null, world.rewardRange()))
                .exploration(DemoSettings.exploration())
                .training(DemoSettings.training("dl4j", 2500))
                .drift(DemoSettings.drift())
                .build();
    }
}
