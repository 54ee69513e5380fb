package io.leeway.cli.train;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.cli.ServicesOption;
import io.leeway.contracts.Json;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.rest.Reproduction;
import io.leeway.core.json.JsonObject;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Retrains a model from its provenance and compares the weights' hash. */
@Command(
        name = "reproduce",
        description =
                "Trains a model again from its provenance alone and compares the weights. Exit status 0 if they are"
                        + " the same, 1 if they differ or something that is needed can no longer be had, which is then"
                        + " named.")
public final class ReproduceCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "MODEL",
            description = "A model file, or LOOP/VERSION for a registered version, which the running training-service"
                    + " reproduces.")
    private String model;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description =
                    "The file that the model was trained on; default: the name in its provenance, here or beside the"
                            + " model.")
    private Path data;

    @Mixin
    private ServicesOption services;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws Exception {
        json.requireWritable();
        Path file = Path.of(model);
        Reproduction result;
        if (Files.isRegularFile(file)) {
            result = fromFile(file);
        } else if (model.matches("[^/]+/[1-9][0-9]*")) {
            int slash = model.indexOf('/');
            result = services.client().reproduce(model.substring(0, slash), Long.parseLong(model.substring(slash + 1)));
        } else {
            throw new CommandException("must be a model file or LOOP/VERSION: model=" + model);
        }
        json.write(result);
        json.words().println(words(result));
        return result.same() ? 0 : 1;
    }

    private static String words(Reproduction result) {
        String weights = "weights " + result.weightsSha256();
        if (result.same()) {
            return "the same " + weights;
        }
        String again = result.reproducedSha256() == null
                ? "cannot be reproduced: " + weights
                : "NOT the same: " + weights + ", now " + result.reproducedSha256();
        return again + result.missing().stream().map(word -> "\n  " + word).reduce("", String::concat);
    }

    private Reproduction fromFile(Path file) throws IOException, InterruptedException {
        Artifact artifact = Artifact.read(Files.readAllBytes(file));
        Provenance provenance = artifact.description().provenance();
        JsonObject hyperparameters = JsonObject.of(provenance.hyperparameters());
        if (!hyperparameters.has("source") || !hyperparameters.object("source").has("file")) {
            throw new CommandException("was not trained on a file; name it as LOOP/VERSION: model=" + file);
        }
        JsonObject source = hyperparameters.object("source");
        Path from = find(source.text("file"), file);
        if (from == null) {
            return missing(
                    artifact,
                    "file " + source.text("file") + " with SHA-256 " + source.text("sha256")
                            + ": not here; --data says where it is");
        }
        String sha256 = Artifact.sha256(Files.readAllBytes(from));
        if (!sha256.equals(source.text("sha256"))) {
            return missing(
                    artifact,
                    "file " + source.text("file") + " with SHA-256 " + source.text("sha256") + ": " + from + " has "
                            + sha256);
        }
        Path folder = Files.createTempDirectory("leeway-reproduce");
        try {
            return train(artifact, source, from, folder);
        } finally {
            TrainCommand.delete(folder);
        }
    }

    private Path find(String name, Path besides) {
        if (data != null) {
            return Files.isRegularFile(data) ? data : null;
        }
        Path parent = besides.toAbsolutePath().getParent();
        return List.of(Path.of(name), parent.resolve(name)).stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }

    private Reproduction train(Artifact artifact, JsonObject source, Path from, Path folder)
            throws IOException, InterruptedException {
        LoopSettings settings = Json.read(Json.bytes(source.value("settings")), LoopSettings.class);
        TrainingFile.Made made = TrainingFile.make(from, settings, folder.resolve("data.jsonl"));
        Provenance provenance = artifact.description().provenance();
        String rows = Artifact.sha256(Files.readAllBytes(made.file()));
        if (!rows.equals(provenance.dataset().sha256())) {
            return missing(
                    artifact,
                    "data set " + provenance.dataset().id() + ": it had "
                            + provenance.dataset().rows()
                            + " rows with SHA-256 " + provenance.dataset().sha256() + ", today's reading gives "
                            + made.rows()
                            + " rows with SHA-256 " + rows);
        }
        Map<String, Object> specification = new LinkedHashMap<>();
        specification.put("loop", artifact.description().loop());
        specification.put("loopKind", artifact.description().loopKind());
        specification.put("hyperparameters", provenance.hyperparameters());
        specification.put("dataset", Map.of("file", made.file().toString()));
        specification.put("artifact", "model.safetensors");
        specification.put("report", "report.json");
        specification.put("policyDefaults", artifact.description().policyDefaults());
        String engine = provenance.platform().backend().equals("java") ? "java" : OfflineTrainer.ENGINE;
        new OfflineTrainer(provenance.platform().threads(), engine).train(specification, folder, line -> {});
        Artifact again = Artifact.read(Files.readAllBytes(folder.resolve("model.safetensors")));
        String wanted = artifact.weightsSha256();
        boolean same = wanted.equals(again.weightsSha256());
        return new Reproduction(
                artifact.description().loop(),
                artifact.description().version(),
                same,
                wanted,
                again.weightsSha256(),
                same ? List.of() : differences(provenance, again.description().provenance()));
    }

    private static List<String> differences(Provenance then, Provenance now) {
        return List.of(
                "platform was " + then.platform() + ", is " + now.platform(),
                "libraries were " + then.libraryVersions() + ", are " + now.libraryVersions(),
                "commit was " + then.commit());
    }

    private static Reproduction missing(Artifact artifact, String what) {
        return new Reproduction(
                artifact.description().loop(),
                artifact.description().version(),
                false,
                artifact.weightsSha256(),
                null,
                List.of(what));
    }
}
