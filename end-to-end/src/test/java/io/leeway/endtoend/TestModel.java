package io.leeway.endtoend;

import io.leeway.core.drift.Profile;
import io.leeway.core.features.FeatureSpec;
import io.leeway.core.features.Input;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Layout.LinearLayout;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Provenance;
import io.leeway.core.model.Tensor;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A small linear model for tests. */
final class TestModel {
    private TestModel() {}

    /** An action that scores 1 where all others score 0; it looks at the number x of the context. */
    static Artifact preferring(String loop, String preferred, String... actions) {
        float[] biases = new float[actions.length];
        biases[Arrays.asList(actions).indexOf(preferred)] = 1;
        FeatureSpec spec = new FeatureSpec(List.of(Input.number("x", 0, 1, false)), List.of(), false);
        Provenance provenance = new Provenance(
                new Provenance.Dataset("test", 0, "", Map.of(), null, null),
                spec.sha256(),
                Map.of(),
                1,
                "unknown",
                Map.of(),
                new Provenance.Platform("", "", "", 1, "test"),
                Instant.EPOCH,
                new Provenance.Trigger("test", "person"));
        ModelDescription description = new ModelDescription(
                ModelDescription.FORMAT,
                loop,
                0,
                ModelDescription.BANDIT,
                "linear",
                new LinearLayout(),
                List.of(actions),
                spec,
                Map.of(),
                provenance,
                Profile.EMPTY);
        return Artifact.of(
                description,
                List.of(
                        Tensor.of("weight", new float[actions.length], actions.length, 1),
                        Tensor.of("bias", biases, actions.length)));
    }
}
