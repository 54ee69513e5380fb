package io.leeway.cli.train;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.cli.Root;
import io.leeway.cli.loop.LoopFile;
import io.leeway.contracts.ExplorationSettings;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardRange;
import io.leeway.core.json.JsonObject;
import io.leeway.core.model.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a loop's model from files: the service's trainer without the service. */
@Command(
        name = "train",
        description =
                "Trains a loop's model from files, with the service's own trainer: Parquet, CSV, ARFF, dsjson or JSON"
                        + " lines, plain or gzip. Rows are learned from in the order of time; without --validate the"
                        + " newest share is held out.")
public final class TrainCommand implements Callable<Integer> {
    @Option(
            names = "--loop",
            required = true,
            paramLabel = "FILE",
            description = "The loop's definition, YAML or JSON; its part 'data' says how a table's rows are read.")
    private Path loop;

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "What to learn from.")
    private Path data;

    @Option(names = "--validate", paramLabel = "FILE", description = "What to judge the model by.")
    private Path validate;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where the model goes; default: the loop's name with .safetensors, here.")
    private Path output;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of native code (default ${DEFAULT-VALUE}: more help large networks alone).")
    private int threads;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = OfflineTrainer.ENGINE,
            description = "What computes networks: dl4j or java, its plain twin (default ${DEFAULT-VALUE}).")
    private String engine;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws Exception {
        json.requireWritable();
        LoopFile file = LoopFile.read(definition());
        String name = file.name() == null ? stem(loop) : file.name();
        Path folder = Files.createTempDirectory("leeway-train");
        try {
            return train(name, file.settings(), folder);
        } finally {
            delete(folder);
        }
    }

    /** A definition that ships with Leeway is found by its name from anywhere. */
    private Path definition() {
        Path shipped = Root.path().resolve(loop);
        return Files.exists(loop) || !Files.exists(shipped) ? loop : shipped;
    }

    private int train(String name, LoopSettings settings, Path folder) throws IOException, InterruptedException {
        long start = System.nanoTime();
        TrainingFile.Made train = TrainingFile.make(data, settings, folder.resolve(data.getFileName() + ".jsonl"));
        tell(data, train);
        Path validation = null;
        if (validate != null) {
            TrainingFile.Made made =
                    TrainingFile.make(validate, settings, folder.resolve("validate-" + validate.getFileName()));
            tell(validate, made);
            validation = made.file();
        }
        double holdout = validate == null ? settings.training().holdoutShare() : 0;
        Map<String, Object> specification = specification(name, settings, train, validation, holdout);
        JsonObject report = new OfflineTrainer(threads, engine).train(specification, folder, this::progress);
        Path model = output == null ? Path.of(name + ".safetensors") : output;
        Artifact artifact = Artifact.read(Files.readAllBytes(folder.resolve("model.safetensors")));
        move(folder.resolve("model.safetensors"), model);
        double seconds = (System.nanoTime() - start) / 1e9;
        TrainResult result = new TrainResult(name, model, artifact, report, seconds, train, validate);
        json.write(result.toJson());
        json.words().println(result.toText());
        return 0;
    }

    private Map<String, Object> specification(
            String name, LoopSettings settings, TrainingFile.Made train, Path validation, double holdout)
            throws IOException {
        Map<String, Object> dataset = Map.of("file", train.file().toString());
        Map<String, Object> specification = new LinkedHashMap<>();
        specification.put("loop", name);
        specification.put("loopKind", settings.kind() == LoopKind.REGRESSION ? "regression" : "bandit");
        specification.put("hyperparameters", OfflineTrainer.hyperparameters(settings.training(), holdout));
        specification.put("dataset", dataset);
        if (validation != null) {
            specification.put("validationFile", validation.toString());
        }
        specification.put("artifact", "model.safetensors");
        specification.put("report", "report.json");
        if (settings.kind() == LoopKind.BANDIT) {
            specification.put("policyDefaults", policy(settings));
        }
        specification.put("trigger", Map.of("requestId", "offline", "cause", "person"));
        specification.put("source", Source.of(data, settings).toJson());
        return specification;
    }

    static Map<String, Object> policy(LoopSettings settings) {
        ExplorationSettings exploration = settings.exploration();
        Map<String, Object> parameters = new LinkedHashMap<>(exploration.parameters());
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("rule", exploration.rule());
        policy.put("parameters", parameters);
        policy.put("floor", exploration.floor());
        RewardRange range = settings.reward().range();
        if (range != null && Double.isFinite(range.max() - range.min())) {
            policy.put("rewardRange", List.of(range.min(), range.max()));
        }
        return policy;
    }

    private void tell(Path from, TrainingFile.Made made) {
        json.words()
                .printf(
                        Locale.ROOT,
                        "%s: %,d of %,d rows%s%n",
                        from.getFileName(),
                        made.rows(),
                        made.read(),
                        made.fault() == null
                                ? ""
                                : String.format(
                                        Locale.ROOT, "; %,d cannot be read, first %s", made.faults(), made.fault()));
    }

    private void progress(JsonObject line) {
        switch (line.text("phase", "")) {
            case "started" ->
                System.err.printf(
                        Locale.ROOT,
                        "training on %s, %d %s%n",
                        line.text("backend"),
                        line.integer("threads"),
                        line.integer("threads") == 1 ? "thread" : "threads");
            case "epoch" ->
                System.err.printf(
                        Locale.ROOT,
                        "epoch %d of at most %d: loss %.4f, on validation rows %.4f%n",
                        line.integer("epoch"),
                        line.integer("epochs"),
                        line.number("train", Double.NaN),
                        line.number("validation", Double.NaN));
            default -> {}
        }
    }

    /** The model appears whole or not at all. */
    private static void move(Path from, Path to) throws IOException {
        Path target = to.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Path draft =
                Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
        Files.copy(from, draft, StandardCopyOption.REPLACE_EXISTING);
        Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        if (dot == 0 || name.isBlank()) {
            throw new CommandException("must have a name: --loop=" + file);
        }
        return dot < 0 ? name : name.substring(0, dot);
    }
}
