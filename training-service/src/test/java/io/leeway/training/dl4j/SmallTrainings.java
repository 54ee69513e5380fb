package io.leeway.training.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.core.features.Action;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Provenance;
import io.leeway.core.promotion.RecordedAnswer;
import io.leeway.core.promotion.ServingGate;
import io.leeway.core.promotion.Verdict;
import io.leeway.training.learning.DatasetFile;
import io.leeway.training.learning.Hyperparameters;
import io.leeway.training.learning.NetworkEngine;
import io.leeway.training.learning.NetworkTraining;
import io.leeway.training.learning.PlainEngine;
import io.leeway.training.learning.ThisMachine;
import io.leeway.training.learning.TrainCandidate;
import io.leeway.training.learning.TrainingReport;
import io.leeway.training.learning.TrainingReport.Probe;
import io.leeway.training.learning.TrainingRow;
import io.leeway.training.learning.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Small data sets, and training on them in this process; what the service does in a child process is the same code. Files go to one folder. */
final class SmallTrainings {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Path folder;

    SmallTrainings(Path folder) {
        this.folder = folder;
    }

    /** Three ways to make columns and outputs. */
    enum Shape {
        HEADS,
        JOINT,
        REGRESSION
    }

    /** Without a budget of time: how long an answer takes is not the subject here. */
    static Verdict serving(byte[] artifact, List<Probe> probes, TrainingSpec spec) {
        Map<Integer, TrainingRow> rows = rows(spec.file());
        return new ServingGate(Duration.ofMinutes(1), System::nanoTime)
                .judge(
                        artifact,
                        probes.stream()
                                .map(probe ->
                                        new RecordedAnswer(rows.get(probe.row()).judged(), probe.scores()))
                                .toList());
    }

    static String weightsOf(TrainingSpec spec) throws IOException {
        return Artifact.read(Files.readAllBytes(spec.artifact())).weightsSha256();
    }

    static TrainingReport train(TrainingSpec spec) {
        return train(spec, Dl4jEngine.maker());
    }

    /** On the plain twin, which is faster for small networks; for what does not depend on the engine. */
    static TrainingReport trainPlain(TrainingSpec spec) {
        return train(spec, PlainEngine.maker());
    }

    private static TrainingReport train(TrainingSpec spec, NetworkEngine.Maker engines) {
        var learner = TrainCandidate.learner(spec.hyperparameters(), () -> new NetworkTraining(engines));
        return new TrainCandidate(spec, learner, ThisMachine.platform(1, learner.backend()))
                .run((epoch, epochs, train, validation) -> {});
    }

    static Map<Integer, TrainingRow> rows(Path file) {
        Map<Integer, TrainingRow> rows = new HashMap<>();
        DatasetFile.read(file, 0, Integer.MAX_VALUE, (row, number) -> rows.put(number, row));
        return rows;
    }

    TrainingSpec spec(Shape shape, String learner, int rows, long seed) throws IOException {
        return spec(
                shape,
                learner,
                data(shape, rows),
                new Hyperparameters(
                        learner, List.of(24, 16), 30, 32, 0.01, learner.equals("dl4j") ? 1e-5 : 1, seed, 0.2));
    }

    TrainingSpec spec(Shape shape, String learner, List<TrainingRow> rows, Hyperparameters wanted) throws IOException {
        Path file = folder.resolve(shape + "-" + rows.size() + ".jsonl");
        Provenance.Dataset dataset = DatasetFile.write(file, "test", rows);
        TrainingSpec spec = new TrainingSpec(
                "test",
                shape == Shape.REGRESSION ? ModelDescription.REGRESSION : ModelDescription.BANDIT,
                wanted,
                file,
                Optional.of(dataset),
                Optional.empty(),
                folder.resolve("model.safetensors"),
                folder.resolve("report.json"),
                Map.of("rule", "squareCb"),
                new Provenance.Trigger("request-1", "person"),
                "unknown");
        Path written = folder.resolve("specification.json");
        spec.write(written);
        assertThat(TrainingSpec.read(written)).isEqualTo(spec);
        return spec;
    }

    /** Rewards bend with x (an absolute value), differ by colour and by action; noise of sd 0.2. */
    static List<TrainingRow> data(Shape shape, int rows) {
        SplittableRandom random = new SplittableRandom(11);
        List<TrainingRow> data = new ArrayList<>();
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String id = List.of("a", "b", "c").get(i);
            actions.add(shape == Shape.JOINT ? new Action(id, Map.of("price", 1.5 * i)) : Action.of(id));
        }
        for (int i = 0; i < rows; i++) {
            double x = 4 * random.nextDouble() - 2;
            boolean red = random.nextBoolean();
            int action = random.nextInt(3);
            double bend = shape == Shape.REGRESSION ? Math.abs(x) : 0.4 * Math.abs(x) + x * (action - 1);
            double reward = bend + (red ? 1 : 0) + 0.7 * (random.nextDouble() - 0.5);
            Map<String, Object> context = Map.of("x", x, "colour", red ? "red" : "blue");
            Instant time = START.plusSeconds(i);
            data.add(
                    shape == Shape.REGRESSION
                            ? TrainingRow.regression("e" + i, time, context, reward)
                            : new TrainingRow(
                                    "e" + i,
                                    time,
                                    context,
                                    actions,
                                    List.of(0.25, 0.25, 0.5),
                                    action,
                                    action == 2 ? 0.5 : 0.25,
                                    reward));
        }
        return data;
    }
}
