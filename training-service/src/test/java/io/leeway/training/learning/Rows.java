package io.leeway.training.learning;

import io.leeway.core.features.Action;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Provenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Rows and trainings of tests, on the engine of plain Java. */
final class Rows {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Rows() {}

    /** A row of a policy that took {@code chosen} with {@code probability}, the others evenly. */
    static TrainingRow row(
            int number,
            Map<String, Object> context,
            List<Action> actions,
            int chosen,
            double probability,
            double reward) {
        List<Double> probabilities = new java.util.ArrayList<>(
                Collections.nCopies(actions.size(), (1 - probability) / Math.max(1, actions.size() - 1)));
        probabilities.set(chosen, probability);
        return new TrainingRow(
                "row-" + number,
                START.plusSeconds(number),
                context,
                actions,
                probabilities,
                chosen,
                probability,
                reward);
    }

    static TrainingSpec spec(Path folder, List<TrainingRow> rows, Hyperparameters wanted) {
        String name = "set-" + NUMBER.incrementAndGet();
        Path file = folder.resolve(name + ".jsonl");
        Provenance.Dataset dataset = DatasetFile.write(file, name, rows);
        boolean bandit = rows.get(0).chosen() >= 0;
        return new TrainingSpec(
                "loop",
                bandit ? ModelDescription.BANDIT : ModelDescription.REGRESSION,
                wanted,
                file,
                Optional.of(dataset),
                Optional.empty(),
                folder.resolve(name + ".safetensors"),
                folder.resolve(name + ".json"),
                Map.of(),
                new Provenance.Trigger("test", "person"),
                "unknown");
    }

    static TrainingReport train(TrainingSpec spec) {
        Learner learner = TrainCandidate.learner(
                spec.hyperparameters(),
                () -> new NetworkTraining(PlainEngine.maker(), spec.start().map(TrainCandidate::read)));
        return new TrainCandidate(spec, learner, ThisMachine.platform(1, "java"))
                .run((epoch, epochs, train, validation) -> {});
    }

    static Artifact artifact(TrainingSpec spec) {
        train(spec);
        try {
            return Artifact.read(Files.readAllBytes(spec.artifact()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
