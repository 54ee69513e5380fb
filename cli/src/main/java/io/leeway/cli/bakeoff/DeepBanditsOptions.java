package io.leeway.cli.bakeoff;

import io.leeway.cli.CommandException;
import io.leeway.core.bakeoff.RewardedStream;
import io.leeway.simulator.dataset.DeepBandits;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** Settings of the protocol deep-bandits, and its problems. */
final class DeepBanditsOptions {
    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "2000",
            description = "deep-bandits: steps of a trial (default ${DEFAULT-VALUE}, as in the published table).")
    private int steps;

    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "30",
            description =
                    "deep-bandits: trials, each with a sample of its own (default ${DEFAULT-VALUE}, as published).")
    private int trials;

    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("steps", steps);
        settings.put("trials", trials);
        return settings;
    }

    /** The problems whose data are there; says which are not. */
    List<Contest.SetOfStreams> sets(DataOptions data, long seed, PrintStream words) {
        Path folder = folder(data);
        List<Contest.SetOfStreams> sets = new ArrayList<>();
        for (DeepBandits problem : DeepBandits.values()) {
            Path file = folder.resolve(problem.file());
            if (Files.isRegularFile(file)) {
                sets.add(new Problem(problem, problem.open(file, data.standardisesWholeFile()), steps, trials, seed));
            } else {
                words.println("skipped: " + problem.title() + ", must be there: " + file);
            }
        }
        if (sets.isEmpty()) {
            throw new CommandException("must hold data of mushroom, statlog or covertype: " + folder);
        }
        return sets;
    }

    private static Path folder(DataOptions data) {
        if (!data.data().isEmpty()) {
            return data.data().get(0);
        }
        String told = System.getenv("LEEWAY_DATA");
        if (told == null) {
            throw new CommandException("must be given: --data DIR or LEEWAY_DATA, the folder of "
                    + String.join(
                            ", ",
                            IntStream.range(0, DeepBandits.values().length)
                                    .mapToObj(i -> DeepBandits.values()[i].file())
                                    .toList()));
        }
        return Path.of(told);
    }

    private record Problem(DeepBandits problem, DeepBandits.Source source, int length, int trials, long seed)
            implements Contest.SetOfStreams {
        @Override
        public String name() {
            return problem.title();
        }

        @Override
        public List<String> streams() {
            return IntStream.rangeClosed(1, trials).mapToObj(Integer::toString).toList();
        }

        @Override
        public long steps() {
            return (long) length * trials;
        }

        @Override
        public RewardedStream stream(String trial) {
            return source.draw(length, seed * 1_000_003 + Integer.parseInt(trial));
        }
    }
}
