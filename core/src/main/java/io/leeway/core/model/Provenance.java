package io.leeway.core.model;

import io.leeway.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a model comes from: enough to train it again to the same weights. Immutable.
 *
 * @param featureSpecSha256 of the feature specification that the model carries
 * @param hyperparameters plain JSON values
 * @param commit of the source that trained it; "unknown" outside a checkout
 * @param libraryVersions by library
 * @param trigger what asked for the training
 * @see "Pocock, Tribuo: Machine Learning with Provenance in Java, 2021, arXiv:2110.03022"
 */
public record Provenance(
        Dataset dataset,
        String featureSpecSha256,
        Map<String, Object> hyperparameters,
        long seed,
        String commit,
        Map<String, String> libraryVersions,
        Platform platform,
        Instant trainedAt,
        Trigger trigger) {
    /**
     * The rows that were learned from.
     *
     * @param offsets end offsets (exclusive) by "topic-partition"; empty for files
     * @param from time of the earliest row, or null if rows have no time
     * @param to time of the latest row, or null
     */
    public record Dataset(String id, long rows, String sha256, Map<String, Long> offsets, Instant from, Instant to) {
        public Dataset {
            if (rows < 0) {
                throw new IllegalArgumentException("must be >= 0: rows=" + rows);
            }
            offsets = Collections.unmodifiableMap(new TreeMap<>(offsets));
        }
    }

    /** What the training ran on; the last bits of a weight can depend on each of these. */
    public record Platform(String jvm, String operatingSystem, String cpu, int threads, String backend) {}

    /** The retrain request that asked for the training, by id, and its cause (drift, schedule, volume, person). */
    public record Trigger(String requestId, String cause) {}

    public Provenance {
        hyperparameters = Collections.unmodifiableMap(new LinkedHashMap<>(hyperparameters));
        libraryVersions = Collections.unmodifiableMap(new TreeMap<>(libraryVersions));
    }

    public Map<String, Object> toJson() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", dataset.id);
        data.put("rows", dataset.rows);
        data.put("sha256", dataset.sha256);
        data.put("offsets", dataset.offsets);
        data.put("from", dataset.from == null ? null : dataset.from.toString());
        data.put("to", dataset.to == null ? null : dataset.to.toString());
        Map<String, Object> ran = new LinkedHashMap<>();
        ran.put("jvm", platform.jvm);
        ran.put("operatingSystem", platform.operatingSystem);
        ran.put("cpu", platform.cpu);
        ran.put("threads", platform.threads);
        ran.put("backend", platform.backend);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dataset", data);
        json.put("featureSpecSha256", featureSpecSha256);
        json.put("hyperparameters", hyperparameters);
        json.put("seed", seed);
        json.put("commit", commit);
        json.put("libraryVersions", libraryVersions);
        json.put("platform", ran);
        json.put("trainedAt", trainedAt.toString());
        json.put("trigger", Map.of("requestId", trigger.requestId, "cause", trigger.cause));
        return json;
    }

    public static Provenance fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        JsonObject data = object.object("dataset");
        JsonObject ran = object.object("platform");
        JsonObject trigger = object.object("trigger");
        return new Provenance(
                new Dataset(
                        data.text("id"),
                        data.integer("rows"),
                        data.text("sha256"),
                        data.map("offsets", JsonObject::integer),
                        data.has("from") ? time(data, "from") : null,
                        data.has("to") ? time(data, "to") : null),
                object.text("featureSpecSha256"),
                object.map("hyperparameters", JsonObject::value),
                object.integer("seed"),
                object.text("commit"),
                object.map("libraryVersions", JsonObject::text),
                new Platform(
                        ran.text("jvm"),
                        ran.text("operatingSystem"),
                        ran.text("cpu"),
                        Math.toIntExact(ran.integer("threads")),
                        ran.text("backend")),
                time(object, "trainedAt"),
                new Trigger(trigger.text("requestId"), trigger.text("cause")));
    }

    private static Instant time(JsonObject object, String name) {
        try {
            return Instant.parse(object.text(name));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be an ISO-8601 instant: " + name + "=" + object.text(name), e);
        }
    }
}
