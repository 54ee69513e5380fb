package io.leeway.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leeway.contracts.Feedback;
import io.leeway.contracts.RewardSettings;
import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Provenance;
import io.leeway.training.learning.DatasetFile;
import io.leeway.training.learning.Hyperparameters;
import io.leeway.training.learning.TrainingReport;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerProcessTest {
    @TempDir
    Path folder;

    @Test
    void theChildTrainsTellsItsProgressAndGivesTheSameBytesAgain() throws Exception {
        List<String> phases = new ArrayList<>();
        TrainingReport report = process(Map.of())
                .train(spec(400), folder, line -> phases.add(line.get("phase").toString()));
        assertThat(phases).startsWith("started", "epoch").endsWith("done");
        Artifact first = Artifact.read(Files.readAllBytes(folder.resolve("model.safetensors")));
        assertThat(first.description().provenance().platform().threads()).isEqualTo(1);
        assertThat(first.description().provenance().platform().backend()).startsWith("dl4j");
        assertThat(report.figures()).containsEntry("rows", 400L);
        process(Map.of()).train(spec(400), folder, line -> {});
        Artifact second = Artifact.read(Files.readAllBytes(folder.resolve("model.safetensors")));
        assertThat(second.weightsSha256()).isEqualTo(first.weightsSha256());
    }

    @Test
    void theServiceSaysWhatItsTrainersComputeOnBeforeTheFirstJob() {
        TrainerProcess process = process(Map.of());
        assertThat(process.computesOn()).isEmpty();
        process.start(null);
        try {
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(process.computesOn())
                    .contains("dl4j-cpu, CPU, BLAS OPENBLAS, 1 thread"));
        } finally {
            process.stop(null);
        }
    }

    /** A network of one hidden layer has two layers; three epochs tell of each of them three times. */
    @Test
    void theEnvironmentMakesTheTrainerWriteHowEachLayerDoes() throws Exception {
        Path layers = folder.resolve("layers.jsonl");
        spec(400).write(folder.resolve("told.json"));
        assertThat(trainerMain("told.json", Map.of())).isZero();
        assertThat(layers).doesNotExist();
        String silent = weights();
        assertThat(trainerMain("told.json", Map.of("LEEWAY_TRAINER_LAYERS", layers.toString())))
                .isZero();
        assertThat(weights()).as("watching changes nothing").isEqualTo(silent);
        List<String> lines = Files.readAllLines(layers);
        assertThat(lines).hasSize(3 * 2);
        for (int i = 0; i < lines.size(); i++) {
            JsonObject line = Json.readObject(lines.get(i));
            assertThat(line.integer("epoch")).isEqualTo(1 + i / 2);
            assertThat(line.integer("layer")).isEqualTo(i % 2);
            assertThat(line.number("change")).isBetween(1e-6, 2.0);
            assertThat(line.number("weightDeviation")).isBetween(0.01, 5.0);
            assertThat(line.number("weightMean")).isBetween(-2.0, 2.0);
            assertThat(line.number("dead")).isBetween(0.0, 1.0);
        }
    }

    private int trainerMain(String specification, Map<String, String> environment) throws Exception {
        List<String> command =
                new ArrayList<>(TrainerCommand.of(1L << 29, stateDir().resolve("javacpp")));
        command.set(command.size() - 1, folder.resolve(specification).toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out.log").toFile())
                .redirectError(folder.resolve("err.log").toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("LEEWAY_TRAINER_ENGINE", "java");
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }

    @Test
    void theEngineMayBeChosenByTheNetworksSize() throws Exception {
        process(Map.of("training-service.trainer.engine", "auto")).train(spec(400), folder, line -> {});
        Artifact small = Artifact.read(Files.readAllBytes(folder.resolve("model.safetensors")));
        assertThat(small.description().provenance().platform().backend()).isEqualTo("java");
    }

    @Test
    void aChildThatFailsSaysWhy() {
        assertThatThrownBy(() -> process(Map.of()).train(spec(1), folder, line -> {}))
                .isInstanceOf(TrainerFailedException.class)
                .hasMessageContaining("exit status 1")
                .hasMessageContaining("rows=1");
        assertThatThrownBy(() -> process(Map.of("training-service.trainer.timeout", "1MS"))
                        .train(spec(400), folder, line -> {}))
                .isInstanceOf(TrainerFailedException.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void aSpareTrainsToTheSameWeightsAndOneThatDiedTakesNoJob() throws Exception {
        process(Map.of()).train(spec(400), folder, line -> {});
        String cold = weights();
        TrainerProcess process = process(Map.of());
        process.start(null);
        try {
            assertThat(process.spares()).hasSize(1);
            process.train(spec(400), folder, line -> {});
            assertThat(weights()).isEqualTo(cold);
            long spare = process.spares().get(0);
            ProcessHandle handle = ProcessHandle.of(spare).orElseThrow();
            handle.destroyForcibly();
            handle.onExit().get();
            process.train(spec(400), folder, line -> {});
            assertThat(weights()).isEqualTo(cold);
            assertThat(process.spares()).hasSize(1).doesNotContain(spare);
        } finally {
            process.stop(null);
        }
        assertThat(process.spares()).isEmpty();
    }

    private String weights() throws IOException {
        return Artifact.read(Files.readAllBytes(folder.resolve("model.safetensors")))
                .weightsSha256();
    }

    @Test
    void theClassPathOfAFastJarIsSpelledOut() throws IOException {
        for (String jar : List.of("app/service.jar", "lib/main/core.jar", "lib/boot/boot.jar", "quarkus-run.jar")) {
            Files.createDirectories(folder.resolve(jar).getParent());
            Files.writeString(folder.resolve(jar), "");
        }
        String own = folder.resolve("quarkus-run.jar").toString();
        assertThat(TrainerCommand.classPath(own).split(java.io.File.pathSeparator))
                .containsExactly(
                        folder.resolve("app/service.jar").toString(),
                        folder.resolve("lib/main/core.jar").toString(),
                        folder.resolve("lib/boot/boot.jar").toString());
    }

    private TrainerProcess process(Map<String, String> settings) {
        Map<String, String> keys = new HashMap<>(settings);
        keys.put("training-service.state-dir", stateDir().toString());
        return new TrainerProcess(TrainingConfigTest.read(keys));
    }

    /** Below target, so that native libraries are unpacked once for all tests. */
    private static Path stateDir() {
        return Path.of("target", "training-state").toAbsolutePath();
    }

    private TrainingSpec spec(int rows) {
        List<Feedback> feedback = new World("child", 3, Instant.parse("2026-01-01T00:00:00Z")).feedback(rows);
        List<TrainingRow> data = feedback.stream()
                .flatMap(row -> FeedbackRows.of(row, new RewardReplay(RewardSettings.DEFAULT)).stream())
                .toList();
        Path file = folder.resolve("data.jsonl");
        Provenance.Dataset dataset = DatasetFile.write(file, "child", data);
        return new TrainingSpec(
                "child",
                ModelDescription.BANDIT,
                new Hyperparameters("dl4j", List.of(16), 3, 64, 0.01, 0, 42, 0.2),
                file,
                Optional.of(dataset),
                Optional.empty(),
                folder.resolve("model.safetensors"),
                folder.resolve("report.json"),
                Map.of(),
                new Provenance.Trigger("request-1", "person"),
                "unknown");
    }
}
