package io.leeway.training;

import io.leeway.contracts.Loop;
import io.leeway.contracts.rest.GateVerdict;
import io.leeway.contracts.rest.ModelCard;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.core.drift.InputProfile;
import io.leeway.core.drift.Profile;
import io.leeway.core.model.Artifact;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts together what is known of a version: from the registry, and from the profile of its data inside the artifact. Thread safe. */
@ApplicationScoped
public class WriteCard {
    private static final int MOST_WORDS = 10;

    private final Loops loops;
    private final Versions versions;
    private final Rollouts rollouts;

    WriteCard(Loops loops, Versions versions, Rollouts rollouts) {
        this.loops = loops;
        this.versions = versions;
        this.rollouts = rollouts;
    }

    /** The card of a version. */
    public ModelCard write(String loopName, long number) {
        Loop loop = loops.find(loopName).orElseThrow(() -> new io.leeway.kit.UnknownLoopException(loopName));
        ModelVersion found =
                versions.find(loopName, number).orElseThrow(() -> RegistryException.unknownVersion(loopName, number));
        ModelVersion version = rollouts.ofVersion(loopName, number)
                .map(rollout -> found.withGate(rollout.verdict()))
                .orElse(found);
        Optional<Profile> profile = versions.artifact(loopName, number)
                .map(bytes -> Artifact.read(bytes).description().profile());
        ModelCard.Data data = data(map(version.provenance().get("dataset")));
        List<ModelCard.Input> inputs = profile.map(WriteCard::inputs).orElse(List.of());
        List<ModelCard.Taken> actions = profile.map(WriteCard::actions).orElse(List.of());
        return new ModelCard(
                loopName,
                number,
                loop.kind(),
                loop.settings().description(),
                version.roles(),
                version.createdAt(),
                version.learner(),
                version.lineage(),
                data,
                map(version.provenance().get("hyperparameters")),
                plain(version.metrics()),
                segments(version.gates()),
                version.gates(),
                inputs,
                actions,
                CardLimits.of(loop, version, data, inputs, actions, profile.isPresent()),
                version.tags());
    }

    private static ModelCard.Data data(Map<String, Object> dataset) {
        return new ModelCard.Data(
                text(dataset, "id"),
                text(dataset, "sha256"),
                dataset.get("rows") instanceof Number rows ? rows.longValue() : null,
                text(dataset, "from"),
                text(dataset, "to"),
                map(dataset.get("offsets")));
    }

    private static List<ModelCard.Input> inputs(Profile profile) {
        return profile.inputs().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> input(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static ModelCard.Input input(String path, InputProfile seen) {
        double[] quantiles = seen.quantiles().toArray();
        boolean numbers = quantiles.length > 0;
        List<String> words = seen.categories().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_WORDS)
                .map(Map.Entry::getKey)
                .toList();
        return new ModelCard.Input(
                path,
                seen.rows() == 0 ? 0 : seen.missing() / (double) seen.rows(),
                numbers ? quantiles[0] : null,
                numbers ? quantiles[quantiles.length / 2] : null,
                numbers ? quantiles[quantiles.length - 1] : null,
                words);
    }

    private static List<ModelCard.Taken> actions(Profile profile) {
        return profile.actions().categories().entrySet().stream()
                .map(entry -> new ModelCard.Taken(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(ModelCard.Taken::rows)
                        .reversed()
                        .thenComparing(ModelCard.Taken::action))
                .toList();
    }

    private static List<Map<String, Object>> segments(List<GateVerdict> gates) {
        List<Map<String, Object>> segments = new ArrayList<>();
        for (GateVerdict gate : gates) {
            if (gate.figures() != null && gate.figures().get("bySegment") instanceof List<?> parts) {
                parts.forEach(part -> segments.add(map(part)));
            }
        }
        return segments;
    }

    /** Without what is not one figure, such as the loss curve. */
    private static Map<String, Object> plain(Map<String, Object> metrics) {
        Map<String, Object> plain = new TreeMap<>();
        metrics.forEach((name, value) -> {
            if (!(value instanceof Map) && !(value instanceof List)) {
                plain.put(name, value);
            }
        });
        return plain;
    }

    private static String text(Map<String, Object> map, String name) {
        return map.get(name) == null ? null : map.get(name).toString();
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, entry) -> copy.put(name.toString(), entry));
        }
        return copy;
    }
}
