package io.leeway.training.learning;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonException;
import io.leeway.core.json.JsonObject;
import io.leeway.core.model.Provenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the trainer is to do, as the JSON file that is its one argument. The service writes it for every job; anybody else may, to
 * train offline:
 *
 * <pre>{@code
 * {
 *   "loop": "taxi",                     name of the loop, for the artifact
 *   "loopKind": "regression",           bandit or regression
 *   "hyperparameters": {                every one may be left out
 *     "learner": "dl4j",                dl4j (default) or linear
 *     "hiddenLayers": [64, 64],         units of each hidden layer
 *     "epochs": 40,                     passes at the most; it stops earlier when the validation rows get no better
 *     "batchRows": 256,
 *     "learningRate": 0.003,
 *     "l2": 0.00001,
 *     "seed": 42,
 *     "holdoutShare": 0.2,              newest share that is not trained on but judged by; 0 with a validation file
 *     "validationShare": 0.15,          newest share of the rest that says when to stop
 *     "refit": false,                   learn once more, from all that is not held out
 *     "interval": 0,                    share that prediction intervals are to hold; 0 for none
 *     "intervalBy": "residuals",        quantiles (outputs of the network) or residuals
 *     "halfLife": "P7D",                age at which a row counts half
 *     "importance": false,              whether rare actions' rows count more
 *     "target": "direct",               direct or doublyRobust
 *     "posterior": "none",              none, lastLayer or ensemble
 *     "members": 32                     draws or members of it
 *   },
 *   "dataset": {
 *     "file": "taxi.jsonl",             one training row per line, by time; see TrainingRow
 *     "id": "...", "rows": 70000, "sha256": "...", "offsets": {"topic-partition": 12}, "from": "...", "to": "..."
 *   },                                  id, rows and sha256 are worked out when absent
 *   "validationFile": "february.jsonl", optional: judged by instead of the newest share
 *   "artifact": "taxi.safetensors",     where the model goes
 *   "report": "report.json",            where figures and probes go, see TrainingReport
 *   "policyDefaults": {...},            optional, copied into the artifact
 *   "trigger": {"requestId": "...", "cause": "person"},
 *   "commit": "unknown",
 *   "source": {...},                    optional, copied into the provenance: how the data set was made
 *   "start": "champion.safetensors"     optional: the model to go on from, where it has the same layers
 * }
 * }</pre>
 */
public record TrainingSpec(
        String loop,
        String loopKind,
        Hyperparameters hyperparameters,
        Path file,
        Optional<Provenance.Dataset> dataset,
        Optional<Path> validationFile,
        Path artifact,
        Path report,
        Map<String, Object> policyDefaults,
        Provenance.Trigger trigger,
        String commit,
        Map<String, Object> source,
        Optional<Path> start) {

    /** Beginning afresh, with data that say for themselves where they come from. */
    public TrainingSpec(
            String loop,
            String loopKind,
            Hyperparameters hyperparameters,
            Path file,
            Optional<Provenance.Dataset> dataset,
            Optional<Path> validationFile,
            Path artifact,
            Path report,
            Map<String, Object> policyDefaults,
            Provenance.Trigger trigger,
            String commit) {
        this(
                loop,
                loopKind,
                hyperparameters,
                file,
                dataset,
                validationFile,
                artifact,
                report,
                policyDefaults,
                trigger,
                commit,
                Map.of(),
                Optional.empty());
    }

    /** The same, going on from another model. */
    public TrainingSpec startingFrom(Path model) {
        return new TrainingSpec(
                loop,
                loopKind,
                hyperparameters,
                file,
                dataset,
                validationFile,
                artifact,
                report,
                policyDefaults,
                trigger,
                commit,
                source,
                Optional.of(model));
    }

    public void write(Path to) {
        try {
            Files.write(to, Json.writeBytes(toJson()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write specification " + to, e);
        }
    }

    /** Reads a specification; relative paths in it are relative to it. */
    public static TrainingSpec read(Path from) {
        try {
            Path folder = from.toAbsolutePath().getParent();
            return fromJson(JsonObject.of(Json.read(Files.readAllBytes(from))), folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read specification " + from, e);
        } catch (JsonException e) {
            throw new IllegalArgumentException("must be a training specification: " + from + ": " + e.getMessage(), e);
        }
    }

    private Map<String, Object> toJson() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("file", file.toString());
        dataset.ifPresent(set -> {
            data.put("id", set.id());
            data.put("rows", set.rows());
            data.put("sha256", set.sha256());
            data.put("offsets", set.offsets());
            data.put("from", set.from() == null ? null : set.from().toString());
            data.put("to", set.to() == null ? null : set.to().toString());
        });
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("loop", loop);
        json.put("loopKind", loopKind);
        json.put("hyperparameters", hyperparameters.toJson());
        json.put("dataset", data);
        json.put("validationFile", validationFile.map(Path::toString).orElse(null));
        json.put("artifact", artifact.toString());
        json.put("report", report.toString());
        json.put("policyDefaults", policyDefaults);
        json.put("trigger", Map.of("requestId", trigger.requestId(), "cause", trigger.cause()));
        json.put("commit", commit);
        json.put("source", source);
        json.put("start", start.map(Path::toString).orElse(null));
        return json;
    }

    @SuppressWarnings("unchecked")
    private static TrainingSpec fromJson(JsonObject json, Path folder) {
        JsonObject data = json.object("dataset");
        Provenance.Trigger trigger = json.has("trigger")
                ? new Provenance.Trigger(
                        json.object("trigger").text("requestId"),
                        json.object("trigger").text("cause"))
                : new Provenance.Trigger("none", "person");
        return new TrainingSpec(
                json.text("loop"),
                json.text("loopKind"),
                Hyperparameters.fromJson(
                        json.has("hyperparameters") ? json.object("hyperparameters") : JsonObject.of(Map.of())),
                folder.resolve(data.text("file")),
                data.has("sha256") ? Optional.of(dataset(data)) : Optional.empty(),
                json.has("validationFile")
                        ? Optional.of(folder.resolve(json.text("validationFile")))
                        : Optional.empty(),
                folder.resolve(json.text("artifact")),
                folder.resolve(json.text("report")),
                json.has("policyDefaults") ? (Map<String, Object>) json.value("policyDefaults") : Map.of(),
                trigger,
                json.text("commit", "unknown"),
                json.has("source") ? (Map<String, Object>) json.value("source") : Map.of(),
                json.has("start") ? Optional.of(folder.resolve(json.text("start"))) : Optional.empty());
    }

    private static Provenance.Dataset dataset(JsonObject data) {
        return new Provenance.Dataset(
                data.text("id"),
                data.integer("rows"),
                data.text("sha256"),
                data.map("offsets", JsonObject::integer),
                data.has("from") ? Instant.parse(data.text("from")) : null,
                data.has("to") ? Instant.parse(data.text("to")) : null);
    }
}
