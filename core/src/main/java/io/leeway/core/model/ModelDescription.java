package io.leeway.core.model;

import io.leeway.core.drift.Profile;
import io.leeway.core.features.FeatureSpec;
import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a model is beside its weights. Immutable.
 *
 * @param format of the artifact; {@link #FORMAT}
 * @param version number within the loop, 0 before registration; the registry's word counts
 * @param loopKind "bandit" or "regression"
 * @param learner "dl4j" or "linear"
 * @param heads ids of the actions that each have an output of their own; empty for the joint layout and for regression, which
 *     have a single output
 * @param policyDefaults exploration settings that the trainer suggests; plain JSON values
 * @param profile what the training data looked like
 */
public record ModelDescription(
        int format,
        String loop,
        long version,
        String loopKind,
        String learner,
        Layout layout,
        List<String> heads,
        FeatureSpec features,
        Map<String, Object> policyDefaults,
        Provenance provenance,
        Profile profile) {
    public static final int FORMAT = 1;
    public static final String BANDIT = "bandit";
    public static final String REGRESSION = "regression";

    public ModelDescription {
        if (format != FORMAT) {
            throw new IllegalArgumentException("must be " + FORMAT + ": format=" + format);
        }
        if (version < 0) {
            throw new IllegalArgumentException("must be >= 0: version=" + version);
        }
        if (!loopKind.equals(BANDIT) && !loopKind.equals(REGRESSION)) {
            throw new IllegalArgumentException("must be bandit or regression: loopKind=" + loopKind);
        }
        heads = List.copyOf(heads);
        if (new HashSet<>(heads).size() != heads.size()) {
            throw new IllegalArgumentException("must be distinct: heads=" + heads);
        }
        if (!heads.isEmpty()
                && (loopKind.equals(REGRESSION) || !features.action().isEmpty())) {
            throw new IllegalArgumentException("must be empty in regression and beside action inputs: heads=" + heads);
        }
        if (loopKind.equals(BANDIT) && heads.isEmpty() && features.action().isEmpty()) {
            throw new IllegalArgumentException("must have heads or action inputs: loop=" + loop);
        }
        if (loopKind.equals(BANDIT)
                && layout instanceof Layout.NetworkLayout network
                && !network.quantiles().isEmpty()) {
            throw new IllegalArgumentException("must be empty in a bandit's model: quantiles=" + network.quantiles());
        }
        policyDefaults = Collections.unmodifiableMap(new LinkedHashMap<>(policyDefaults));
    }

    /** Outputs of the model. */
    public int outputs() {
        return Math.max(1, heads.size());
    }

    public ModelDescription withVersion(long newVersion) {
        return new ModelDescription(
                format,
                loop,
                newVersion,
                loopKind,
                learner,
                layout,
                heads,
                features,
                policyDefaults,
                provenance,
                profile);
    }

    /** As safetensors metadata: one JSON text per part. */
    Map<String, String> toMetadata() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("loop", loop);
        model.put("version", version);
        model.put("loopKind", loopKind);
        model.put("learner", learner);
        model.put("heads", heads);
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("format", Integer.toString(format));
        metadata.put("model", Json.write(model));
        metadata.put("layout", Json.write(layout.toJson()));
        metadata.put("features", Json.write(features.toJson()));
        metadata.put("policyDefaults", Json.write(policyDefaults));
        metadata.put("provenance", Json.write(provenance.toJson()));
        metadata.put("profile", Json.write(profile.toJson()));
        return metadata;
    }

    static ModelDescription fromMetadata(Map<String, String> metadata) {
        if (!Integer.toString(FORMAT).equals(metadata.get("format"))) {
            throw new IllegalArgumentException("must be " + FORMAT + ": format=" + metadata.get("format"));
        }
        JsonObject model = JsonObject.of(part(metadata, "model"));
        return new ModelDescription(
                FORMAT,
                model.text("loop"),
                model.integer("version"),
                model.text("loopKind"),
                model.text("learner"),
                Layout.fromJson(JsonObject.of(part(metadata, "layout"))),
                model.texts("heads"),
                FeatureSpec.fromJson(part(metadata, "features")),
                part(metadata, "policyDefaults"),
                Provenance.fromJson(part(metadata, "provenance")),
                Profile.fromJson(part(metadata, "profile")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(Map<String, String> metadata, String name) {
        String text = metadata.get(name);
        if (text == null) {
            throw new IllegalArgumentException("must be in the metadata: " + name);
        }
        if (Json.read(text) instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException("must be an object: " + name);
    }
}
