package io.leeway.cli.train;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import io.leeway.report.Table;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How fast the trainer learns: a network of 64 inputs, two hidden layers of 128 and ten outputs, on each engine with one thread and two and
 * minibatches of several sizes. Each measurement is a training process of its own, whose start-up is left out.
 */
@Command(
        name = "training",
        description = "Examples per second of a 64-128-128-10 network, by engine, threads and minibatch.")
public final class TrainingBench implements Callable<Integer> {
    private static final int INPUTS = 64;
    private static final int OUTPUTS = 10;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Rows to learn from (default ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "4",
            description = "Passes over them (default ${DEFAULT-VALUE}); the first compiles the code and counts too.")
    private int epochs;

    @Option(
            names = "--spinning",
            description =
                    "Also with two threads that run while they wait, as OpenMP has it by itself; slow without end where"
                            + " others want the processors too.")
    private boolean spinning;

    @Mixin
    private JsonOption json;

    /** @param loadBefore of the machine, a minute's mean */
    record Measured(
            String engine,
            int threads,
            String waiting,
            int batchRows,
            double examplesPerSecond,
            double seconds,
            double loadBefore) {}

    @Override
    public Integer call() throws Exception {
        json.requireWritable();
        if (rows < 100 || epochs < 1) {
            throw new CommandException("must be >= 100 and >= 1: --rows=" + rows + " --epochs=" + epochs);
        }
        List<Measured> measured = new ArrayList<>();
        Path folder = Files.createTempDirectory("leeway-training");
        try {
            Path file = folder.resolve("data.jsonl");
            write(file);
            for (int batchRows : new int[] {64, 256, 1024}) {
                measured.add(measure(folder, file, "dl4j", 1, OfflineTrainer.ASLEEP, batchRows));
                measured.add(measure(folder, file, "dl4j", 2, OfflineTrainer.ASLEEP, batchRows));
                if (spinning) {
                    measured.add(measure(folder, file, "dl4j", 2, OfflineTrainer.SPINNING, batchRows));
                }
                measured.add(measure(folder, file, "java", 1, OfflineTrainer.ASLEEP, batchRows));
            }
        } finally {
            TrainCommand.delete(folder);
        }
        json.write(Map.of(
                "rows", rows,
                "epochs", epochs,
                "processors", Runtime.getRuntime().availableProcessors(),
                "measured", measured));
        Table table = Table.of("training", "Learning a 64-128-128-10 network")
                .column("engine", "engine")
                .column("threads", "threads")
                .column("waiting", "waiting")
                .column("batchRows", "minibatch")
                .column("examplesPerSecond", "examples/s", 0)
                .column("seconds", "seconds", 1)
                .column("loadBefore", "load before", 1);
        measured.forEach(one -> table.row(
                one.engine(),
                one.threads(),
                one.threads() == 1 ? "" : one.waiting(),
                one.batchRows(),
                one.examplesPerSecond(),
                one.seconds(),
                one.loadBefore()));
        json.words().println(table.toText());
        return 0;
    }

    private Measured measure(Path folder, Path file, String engine, int threads, String waiting, int batchRows)
            throws IOException, InterruptedException {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        JsonObject figures = new OfflineTrainer(threads, engine, waiting)
                .train(specification(file, batchRows), folder, line -> {})
                .object("figures");
        return new Measured(
                engine,
                threads,
                waiting,
                batchRows,
                figures.number("examplesPerSecond"),
                figures.number("trainSeconds"),
                load);
    }

    private void write(Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        List<Map<String, Object>> actions = new ArrayList<>();
        List<Double> even = new ArrayList<>();
        for (int a = 0; a < OUTPUTS; a++) {
            actions.add(Map.of("id", "action-" + a));
            even.add(1.0 / OUTPUTS);
        }
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (int row = 0; row < rows; row++) {
                Map<String, Object> context = new LinkedHashMap<>();
                for (int input = 0; input < INPUTS; input++) {
                    context.put("x" + input, random.nextGaussian());
                }
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("eventId", "row-" + row);
                line.put("time", Instant.EPOCH.plusMillis(row).toString());
                line.put("context", context);
                line.put("reward", random.nextDouble());
                line.put(
                        "actions",
                        actions.stream().map(action -> withFeatures(action)).toList());
                line.put("probabilities", even);
                line.put("chosen", random.nextInt(OUTPUTS));
                line.put("probability", 1.0 / OUTPUTS);
                lines.write(Json.write(line));
                lines.newLine();
            }
        }
    }

    private static Map<String, Object> withFeatures(Map<String, Object> action) {
        Map<String, Object> all = new LinkedHashMap<>(action);
        all.put("features", Map.of());
        return all;
    }

    /** Rows to stop by are next to none, and their number is such that stopping never happens early. */
    private Map<String, Object> specification(Path file, int batchRows) {
        Map<String, Object> hyperparameters = new LinkedHashMap<>();
        hyperparameters.put("hiddenLayers", List.of(128, 128));
        hyperparameters.put("epochs", epochs);
        hyperparameters.put("batchRows", batchRows);
        hyperparameters.put("holdoutShare", 0);
        hyperparameters.put("validationShare", 0.01);
        Map<String, Object> specification = new LinkedHashMap<>();
        specification.put("loop", "bench");
        specification.put("loopKind", "bandit");
        specification.put("hyperparameters", hyperparameters);
        specification.put("dataset", Map.of("file", file.toString()));
        specification.put("artifact", "model.safetensors");
        specification.put("report", "report.json");
        return specification;
    }
}
