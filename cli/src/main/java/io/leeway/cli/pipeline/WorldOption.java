package io.leeway.cli.pipeline;

import io.leeway.cli.CommandException;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardSettings;
import io.leeway.simulator.world.BanditWorld;
import io.leeway.simulator.world.DriftWorld;
import io.leeway.simulator.world.MovieLens;
import io.leeway.simulator.world.MovieLensFiles;
import io.leeway.simulator.world.MovieLensWorld;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The world whose users are simulated. */
final class WorldOption {
    /** Worlds by the name on the command line. */
    enum Name {
        movielens,
        drift
    }

    @Option(
            names = "--world",
            paramLabel = "NAME",
            defaultValue = "drift",
            description = "One of ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    Name name;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder with MovieLens 100K (world movielens).")
    private Path data;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the world (default ${DEFAULT-VALUE}).")
    long seed;

    BanditWorld world() throws IOException {
        if (name == Name.drift) {
            return new DriftWorld(seed);
        }
        if (data == null) {
            throw new CommandException("must be given for world movielens: --data DIR");
        }
        MovieLensFiles.check(data);
        return MovieLensWorld.of(
                MovieLens.read(data), MovieLensWorld.Options.defaults().withSeed(seed));
    }

    /** Settings of a loop in this world. */
    LoopSettings settings(BanditWorld world) {
        RewardSettings reward = new RewardSettings(null, null, null, null, null, null, world.rewardRange());
        return LoopSettings.builder(LoopKind.BANDIT)
                .description("simulated users: " + name)
                .actions(world.actions())
                .reward(reward)
                .build();
    }
}
