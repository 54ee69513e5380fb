package io.leeway.training;

import io.leeway.contracts.rest.Reproduction;
import io.leeway.core.json.JsonObject;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Provenance;
import io.leeway.training.learning.Hyperparameters;
import io.leeway.training.learning.TrainingSpec;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Trains a version again from its provenance alone and compares the weights. Registers nothing. The feedback is read again up to the
 * offsets that the provenance names; rows that the topic has dropped since cannot be had any more, and then it says so. Thread safe.
 */
@ApplicationScoped
public class ReproduceVersion {
    private final Versions versions;
    private final FeedbackLog feedback;
    private final TrainerProcess trainer;
    private final TrainingConfig config;

    ReproduceVersion(Versions versions, FeedbackLog feedback, TrainerProcess trainer, TrainingConfig config) {
        this.versions = versions;
        this.feedback = feedback;
        this.trainer = trainer;
        this.config = config;
    }

    /** Blocks for as long as a training takes. */
    public Reproduction reproduce(String loop, long version) throws InterruptedException {
        Artifact artifact = versions.artifact(loop, version)
                .map(Artifact::read)
                .orElseThrow(() -> RegistryException.unknownVersion(loop, version));
        Path folder = config.stateDir()
                .resolve("reproductions")
                .resolve(UUID.randomUUID().toString());
        try (WorkFolder work = WorkFolder.empty(folder)) {
            return reproduce(loop, version, artifact, work);
        }
    }

    private Reproduction reproduce(String loop, long version, Artifact artifact, WorkFolder folder)
            throws InterruptedException {
        Provenance provenance = artifact.description().provenance();
        JsonObject hyperparameters = JsonObject.of(provenance.hyperparameters());
        if (!hyperparameters.has("source") || !hyperparameters.object("source").has("reward")) {
            return answer(loop, version, artifact, null, List.of("the provenance does not say how its rows were read"));
        }
        Path file = folder.file("data.jsonl");
        Ingested data = feedback.ingest(Ingestion.again(
                loop, hyperparameters.object("source"), provenance.dataset().offsets(), file));
        List<String> missing = missing(provenance.dataset(), data);
        if (!missing.isEmpty()) {
            return answer(loop, version, artifact, null, missing);
        }
        TrainingSpec spec = spec(artifact.description(), folder, file);
        if (hyperparameters.has("startVersion")) {
            long before = hyperparameters.integer("startVersion");
            Optional<Artifact> start = versions.artifact(loop, before).map(Artifact::read);
            if (start.isEmpty()) {
                return answer(
                        loop, version, artifact, null, List.of("version " + before + ", from whose weights it began"));
            }
            spec = spec.startingFrom(RunJob.written(start.get(), folder.file("champion.safetensors")));
        }
        trainer.train(spec, folder.path(), line -> {});
        Artifact again = Artifact.read(bytes(spec.artifact()));
        return answer(loop, version, artifact, again.weightsSha256(), differences(artifact, again.description()));
    }

    private List<String> missing(Provenance.Dataset wanted, Ingested data) {
        List<String> missing = new ArrayList<>();
        if (!data.dataset().sha256().equals(wanted.sha256())) {
            missing.add(
                    "data set " + wanted.id() + ": it had " + wanted.rows() + " rows with SHA-256 " + wanted.sha256()
                            + ", the feedback topic now gives " + data.dataset().rows() + " rows with SHA-256 "
                            + data.dataset().sha256());
            feedback.firstOffsets().forEach((partition, first) -> {
                if (first > 0) {
                    missing.add("feedback before offset " + first + " of partition " + partition
                            + ": the topic's retention has dropped it");
                }
            });
        }
        return missing;
    }

    /** What of the platform is not as it was; with equal weights it made no difference, else it may be why. */
    private static List<String> differences(Artifact before, ModelDescription now) {
        Provenance then = before.description().provenance();
        Provenance here = now.provenance();
        List<String> differences = new ArrayList<>();
        compare("commit", then.commit(), here.commit(), differences);
        compare("platform", then.platform(), here.platform(), differences);
        compare("libraries", then.libraryVersions(), here.libraryVersions(), differences);
        return differences;
    }

    private static void compare(String what, Object then, Object now, List<String> differences) {
        if (!then.equals(now)) {
            differences.add(what + " was " + then + ", is " + now);
        }
    }

    private TrainingSpec spec(ModelDescription model, WorkFolder folder, Path file) {
        Provenance provenance = model.provenance();
        return new TrainingSpec(
                model.loop(),
                model.loopKind(),
                Hyperparameters.fromJson(JsonObject.of(provenance.hyperparameters())),
                file.toAbsolutePath(),
                Optional.of(provenance.dataset()),
                Optional.empty(),
                folder.file("model.safetensors").toAbsolutePath(),
                folder.file("report.json").toAbsolutePath(),
                Map.of(),
                provenance.trigger(),
                config.commit().orElseGet(SourceCommit::ofThisCode));
    }

    private static Reproduction answer(
            String loop, long version, Artifact artifact, String reproduced, List<String> missing) {
        String wanted = artifact.weightsSha256();
        boolean same = wanted.equals(reproduced);
        return new Reproduction(loop, version, same, wanted, reproduced, same ? List.of() : missing);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the trainer's artifact", e);
        }
    }
}
