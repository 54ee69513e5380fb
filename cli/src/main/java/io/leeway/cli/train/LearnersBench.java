package io.leeway.cli.train;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.online.OnlinePolicies;
import io.leeway.core.bandit.online.OnlinePolicy;
import io.leeway.core.features.Action;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.json.Json;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import io.leeway.simulator.world.BanditWorld;
import io.leeway.simulator.world.MovieLens;
import io.leeway.simulator.world.MovieLensFiles;
import io.leeway.simulator.world.MovieLensWorld;
import io.leeway.simulator.world.Visit;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.apache.commons.math3.distribution.TDistribution;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The DL4J learner against LinUCB after the same data: both learn the same rows of a uniformly random policy in a MovieLens world, then
 * both choose for the same new users. What is counted is the true expected reward of the choices, so that the reward's noise plays
 * no part in it.
 */
@Command(
        name = "learners",
        description =
                "DL4J against LinUCB after equal data in MovieLens worlds: average reward and regret over seeds, with"
                        + " intervals.")
public final class LearnersBench implements Callable<Integer> {
    private static final double CONFIDENCE = 0.95;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of MovieLens 100K.")
    private Path data;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "10",
            description = "Worlds (default ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "8000",
            description = "Rows to learn from (default ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "5000",
            description = "New users (default ${DEFAULT-VALUE}).")
    private int users;

    @Mixin
    private JsonOption json;

    /** Average expected rewards per decision in one world. */
    record World(long seed, double dl4j, double linucb, double uniform, double best) {}

    @Override
    public Integer call() throws Exception {
        json.requireWritable();
        if (!MovieLensFiles.present(data)) {
            throw new CommandException("must have the files of MovieLens 100K: --data=" + data);
        }
        if (seeds < 2) {
            throw new CommandException("must be >= 2: --seeds=" + seeds);
        }
        List<World> worlds = new ArrayList<>();
        json.words().printf("%6s %10s %10s %10s %10s%n", "seed", "dl4j", "linucb", "uniform", "best");
        for (long seed = 1; seed <= seeds; seed++) {
            World world = world(seed);
            worlds.add(world);
            json.words()
                    .printf(
                            Locale.ROOT,
                            "%6d %10.4f %10.4f %10.4f %10.4f%n",
                            seed,
                            world.dl4j(),
                            world.linucb(),
                            world.uniform(),
                            world.best());
        }
        double[] gain = worlds.stream().mapToDouble(w -> w.dl4j() - w.linucb()).toArray();
        double[] regret = worlds.stream().mapToDouble(w -> w.best() - w.dl4j()).toArray();
        double[] theirs =
                worlds.stream().mapToDouble(w -> w.best() - w.linucb()).toArray();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("rows", rows);
        result.put("worlds", worlds);
        result.put("gain", interval(gain));
        result.put("regretDl4j", interval(regret));
        result.put("regretLinucb", interval(theirs));
        json.write(result);
        json.words().println();
        json.words()
                .println("after " + rows + " rows each, per decision, mean over " + seeds
                        + " worlds and 95 % interval:");
        json.words().println("  dl4j earns more than linucb by " + words(gain));
        json.words().println("  regret of dl4j " + words(regret));
        json.words().println("  regret of linucb " + words(theirs));
        return interval(gain).get("lower") > 0 ? 0 : 1;
    }

    private World world(long seed) throws IOException, InterruptedException {
        BanditWorld world = MovieLensWorld.of(
                MovieLens.read(data), MovieLensWorld.Options.defaults().withSeed(seed));
        OnlinePolicy linucb = OnlinePolicies.of("linucb", Map.of());
        HashedEncoder encoder = new HashedEncoder();
        SplittableRandom random = new SplittableRandom(seed);
        Path folder = Files.createTempDirectory("leeway-learners");
        try {
            Path file = folder.resolve("data.jsonl");
            try (BufferedWriter lines = Files.newBufferedWriter(file)) {
                for (int moment = 0; moment < rows; moment++) {
                    Visit visit = world.visit(moment);
                    int taken = random.nextInt(visit.actions().size());
                    double reward = world.reward(visit, taken);
                    lines.write(line(moment, visit, taken, reward));
                    lines.newLine();
                    linucb.learn(
                            encoder.encode(visit.context(), actions(visit)),
                            new Choice(taken, 1.0 / visit.actions().size()),
                            reward);
                }
            }
            new OfflineTrainer(1).train(specification(file, seed), folder, line -> {});
            Scorer scorer = Scorers.of(Artifact.read(Files.readAllBytes(folder.resolve("model.safetensors"))));
            return judge(world, seed, scorer, linucb, encoder, random);
        } finally {
            TrainCommand.delete(folder);
        }
    }

    /** DL4J takes the action that it thinks best, LinUCB the one of the highest bound, as both would with nothing left to learn. */
    private World judge(
            BanditWorld world,
            long seed,
            Scorer scorer,
            OnlinePolicy linucb,
            HashedEncoder encoder,
            SplittableRandom random) {
        double[] sums = new double[4];
        for (int moment = rows; moment < rows + users; moment++) {
            Visit visit = world.visit(moment);
            List<Action> actions = actions(visit);
            double[] scores = scorer.score(visit.context(), actions);
            int taken = 0;
            for (int i = 1; i < scores.length; i++) {
                taken = scores[i] > scores[taken] ? i : taken;
            }
            Distribution theirs = linucb.decide(encoder.encode(visit.context(), actions), random);
            sums[0] += visit.expected(taken);
            for (int i = 0; i < scores.length; i++) {
                sums[1] += theirs.probability(i) * visit.expected(i);
            }
            sums[2] += visit.uniformValue();
            sums[3] += visit.bestValue();
        }
        return new World(seed, sums[0] / users, sums[1] / users, sums[2] / users, sums[3] / users);
    }

    private static List<Action> actions(Visit visit) {
        return visit.actions().stream()
                .map(action -> new Action(action.id(), action.features()))
                .toList();
    }

    private static String line(int moment, Visit visit, int taken, double reward) {
        int count = visit.actions().size();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("eventId", "visit-" + moment);
        row.put("time", Instant.EPOCH.plusMillis(moment).toString());
        row.put("context", visit.context());
        row.put("reward", reward);
        row.put(
                "actions",
                visit.actions().stream()
                        .map(action -> Map.of("id", action.id(), "features", action.features()))
                        .toList());
        row.put("probabilities", Collections.nCopies(count, 1.0 / count));
        row.put("chosen", taken);
        row.put("probability", 1.0 / count);
        return Json.write(row);
    }

    private static Map<String, Object> specification(Path file, long seed) {
        Map<String, Object> hyperparameters = new LinkedHashMap<>();
        hyperparameters.put("learner", "dl4j");
        hyperparameters.put("hiddenLayers", List.of(64, 64));
        hyperparameters.put("epochs", 20);
        hyperparameters.put("batchRows", 64);
        hyperparameters.put("learningRate", 0.003);
        hyperparameters.put("l2", 1e-3);
        hyperparameters.put("seed", seed);
        hyperparameters.put("holdoutShare", 0);
        hyperparameters.put("refit", true);
        Map<String, Object> specification = new LinkedHashMap<>();
        specification.put("loop", "movielens");
        specification.put("loopKind", "bandit");
        specification.put("hyperparameters", hyperparameters);
        specification.put("dataset", Map.of("file", file.toString()));
        specification.put("artifact", "model.safetensors");
        specification.put("report", "report.json");
        return specification;
    }

    /** Student's t over worlds. */
    private static Map<String, Double> interval(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double error = Math.sqrt(squares / (values.length - 1) / values.length);
        double half = error * new TDistribution(values.length - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
        Map<String, Double> interval = new LinkedHashMap<>();
        interval.put("mean", mean);
        interval.put("lower", mean - half);
        interval.put("upper", mean + half);
        return interval;
    }

    private static String words(double[] values) {
        Map<String, Double> interval = interval(values);
        return String.format(
                Locale.ROOT, "%.4f [%.4f, %.4f]", interval.get("mean"), interval.get("lower"), interval.get("upper"));
    }
}
