package io.leeway.training.dl4j;

import io.leeway.core.features.Action;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Provenance;
import io.leeway.training.learning.DatasetFile;
import io.leeway.training.learning.Hyperparameters;
import io.leeway.training.learning.NetworkEngine;
import io.leeway.training.learning.NetworkTraining;
import io.leeway.training.learning.ThisMachine;
import io.leeway.training.learning.TrainCandidate;
import io.leeway.training.learning.TrainingRow;
import io.leeway.training.learning.TrainingSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A small training that nobody needs: it loads an engine, ND4J's native code with it, and every class that a training takes, and has their
 * code compiled.
 * Leaves nothing behind that a later training could depend on.
 */
final class WarmUp {
    private static final int ROWS = 3000;
    private static final int ACTIONS = 8;
    private static final int EPOCHS = 20;

    private final BooleanSupplier enough;
    private final NetworkEngine.Maker engines;

    /** @param enough whether to stop at the next occasion */
    WarmUp(BooleanSupplier enough, NetworkEngine.Maker engines) {
        this.enough = enough;
        this.engines = engines;
    }

    private static final class EnoughException extends RuntimeException {}

    void run() {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("leeway-warm-up");
            var learner = new NetworkTraining(engines);
            var platform = ThisMachine.platform(1, learner.backend());
            new TrainCandidate(spec(folder), learner, platform).run((epoch, epochs, train, validation) -> {
                if (enough.getAsBoolean()) {
                    throw new EnoughException();
                }
            });
        } catch (EnoughException e) {
            // Somebody needs this process now.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write for warming up", e);
        } finally {
            delete(folder);
        }
    }

    private static TrainingSpec spec(Path folder) {
        Path file = folder.resolve("data.jsonl");
        DatasetFile.write(file, "warm-up", rows());
        return new TrainingSpec(
                "warm-up",
                ModelDescription.BANDIT,
                new Hyperparameters(Hyperparameters.DL4J, List.of(64, 64), EPOCHS, 256, 0.003, 1e-5, 1, 0.2),
                file,
                Optional.empty(),
                Optional.empty(),
                folder.resolve("model.safetensors"),
                folder.resolve("report.json"),
                Map.of(),
                new Provenance.Trigger("warm-up", "person"),
                "unknown");
    }

    private static List<TrainingRow> rows() {
        SplittableRandom random = new SplittableRandom(1);
        List<Action> actions = new ArrayList<>();
        List<Double> even = new ArrayList<>();
        for (int i = 0; i < ACTIONS; i++) {
            actions.add(Action.of("action-" + i));
            even.add(1.0 / ACTIONS);
        }
        Instant time = Instant.EPOCH;
        List<TrainingRow> rows = new ArrayList<>(ROWS);
        for (int i = 0; i < ROWS; i++) {
            Map<String, Object> context = Map.of(
                    "number", random.nextDouble(), "word", "word-" + random.nextInt(20), "flag", random.nextBoolean());
            int chosen = random.nextInt(ACTIONS);
            rows.add(new TrainingRow(
                    "warm-" + i, time, context, actions, even, chosen, 1.0 / ACTIONS, random.nextDouble()));
        }
        return rows;
    }

    private static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            // The system tidies its folder for temporary files.
        }
    }
}
