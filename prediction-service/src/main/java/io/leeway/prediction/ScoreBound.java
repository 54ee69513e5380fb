package io.leeway.prediction;

import io.leeway.core.features.FeatureSpec;
import io.leeway.core.features.Input;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.FloatData;
import io.leeway.core.model.HashedLayout;
import io.leeway.core.model.Layout.NetworkLayout;

/**
 * A bound on the magnitude of whatever a model computes, over all inputs: interval arithmetic through its layers, from encoded
 * columns that are never beyond a limit (its square for a product of two). No activation makes a magnitude larger.
 */
final class ScoreBound {
    private static final double COLUMN = Input.CLIP;

    private ScoreBound() {}

    /** The largest magnitude of any intermediate or final value; infinite or NaN if there is no bound in doubles. */
    static double of(Artifact artifact) {
        if (artifact.description().layout() instanceof HashedLayout hashed) {
            return Math.max(Math.abs(hashed.least()), Math.abs(hashed.most()));
        }
        FeatureSpec features = artifact.description().features();
        double columns = features.interactions() ? COLUMN * COLUMN : COLUMN;
        if (!(artifact.description().layout() instanceof NetworkLayout network)) {
            int outputs = artifact.description().outputs();
            return layer(artifact, "weight", "bias", columns, features.width(), outputs, true);
        }
        double bound = columns;
        double largest = columns;
        int in = features.width();
        for (int layer = 0; layer <= network.hidden().size(); layer++) {
            int out = layer < network.hidden().size()
                    ? network.hidden().get(layer)
                    : artifact.description().outputs() * network.members();
            String name = "layer" + layer;
            bound = layer(artifact, name + ".weight", name + ".bias", bound, in, out, false);
            largest = Math.max(largest, bound);
            in = out;
        }
        double scaled = Math.abs(network.targetMean()) + network.targetStandardDeviation() * bound;
        return Math.max(largest, scaled);
    }

    /** The bound after one layer; a row of the weights belongs to an output ({@code rowPerOutput}) or to an input. */
    private static double layer(
            Artifact artifact,
            String weightName,
            String biasName,
            double bound,
            int in,
            int out,
            boolean rowPerOutput) {
        FloatData weight = artifact.tensor(weightName).data();
        FloatData bias = artifact.tensor(biasName).data();
        double largest = 0;
        for (int o = 0; o < out; o++) {
            double sum = Math.abs(bias.get(o));
            for (int i = 0; i < in; i++) {
                sum += bound * Math.abs(weight.get(rowPerOutput ? o * in + i : i * out + o));
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }
}
