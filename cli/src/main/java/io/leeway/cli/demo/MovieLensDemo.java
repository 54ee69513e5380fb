package io.leeway.cli.demo;

import io.leeway.cli.CommandException;
import io.leeway.cli.Root;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardSettings;
import io.leeway.report.Progress;
import io.leeway.simulator.world.BanditWorld;
import io.leeway.simulator.world.MovieLens;
import io.leeway.simulator.world.MovieLensFiles;
import io.leeway.simulator.world.MovieLensWorld;
import io.leeway.stack.StackPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Users of MovieLens ask for a film; a DL4J policy learns beside a linear one. */
@Command(
        name = "movielens",
        description = "Users of MovieLens ask for a film; a DL4J policy learns beside a linear one; tastes move.")
final class MovieLensDemo implements Callable<Integer> {
    @Mixin
    private DemoOptions options;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with u.data, u.item and u.user of MovieLens 100K.")
    private Path data;

    @Option(names = "--fetch", description = "Download MovieLens 100K from GroupLens if it is not there.")
    private boolean fetch;

    @Option(
            names = "--rank",
            paramLabel = "K",
            defaultValue = "10",
            description = "Length of the user and film vectors (default ${DEFAULT-VALUE}).")
    private int rank;

    @Option(
            names = "--films",
            paramLabel = "N",
            defaultValue = "20",
            description = "Films offered, the most rated (default ${DEFAULT-VALUE}).")
    private int films;

    @Override
    public Integer call() throws Exception {
        MovieLensWorld.Options size =
                MovieLensWorld.Options.defaults().withSeed(options.seed).withSize(rank, films);
        Path folder = folder();
        BanditWorld world = MovieLensWorld.of(MovieLens.read(folder), size);
        List<BanditPlan> plans = List.of(plan(world, "dl4j"), plan(world, "linear"));
        return new BanditDemo("movielens", options).run(plans, new BanditStory("MovieLens: which film to show"));
    }

    private Path folder() throws InterruptedException {
        Path folder =
                data != null ? data : Root.path().resolve(StackPlan.FOLDER).resolve("data/movielens-100k");
        if (!MovieLensFiles.present(folder)) {
            if (!fetch && !agreesToFetch(folder)) {
                throw new CommandException("MovieLens 100K is not in "
                        + folder.toAbsolutePath().normalize()
                        + ". Its licence forbids shipping it. Either let --fetch get it from " + MovieLensFiles.ADDRESS
                        + ", or put " + String.join(", ", MovieLensFiles.NEEDED)
                        + " of that archive into this folder, or"
                        + " name another one with --data.");
            }
            new MovieLensFiles().fetch(folder, bytes -> Progress.of("ml-100k.zip", bytes));
        }
        return folder;
    }

    /** Asks a person, where there is one. */
    private static boolean agreesToFetch(Path folder) {
        if (!Progress.onTerminal()) {
            return false;
        }
        String answer = System.console()
                .readLine("Get MovieLens 100K (5 MB) from %s into %s? [y/N] ", MovieLensFiles.ADDRESS, folder);
        return answer != null && answer.strip().equalsIgnoreCase("y");
    }

    /** Both learners meet the same users in the same order. */
    private BanditPlan plan(BanditWorld world, String learner) {
        LoopSettings settings = LoopSettings.builder(LoopKind.BANDIT)
                .description("demo: which film to show, learned by " + learner)
                .actions(world.actions())
                .reward(new RewardSettings(Duration.ofSeconds(2), null, null, true, null, null, world.rewardRange()))
                .exploration(DemoSettings.exploration())
                .training(DemoSettings.training(learner, 4000))
                .drift(DemoSettings.drift())
                .build();
        return new BanditPlan(
                RunName.of("movielens-" + learner),
                learner,
                settings,
                world,
                List.of(new Change("abrupt", 0, options.seed + 1)),
                6000,
                5000,
                350,
                4);
    }
}
