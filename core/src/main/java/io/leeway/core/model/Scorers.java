package io.leeway.core.model;

import io.leeway.core.model.Layout.LinearLayout;
import io.leeway.core.model.Layout.NetworkLayout;

/** Makes the scorer of an artifact. */
public final class Scorers {
    private Scorers() {}

    public static Scorer of(Artifact artifact) {
        Layout layout = artifact.description().layout();
        if (layout instanceof NetworkLayout network) {
            return network.members() == 1
                    ? new NetworkScorer(artifact, network)
                    : new SampledNetworkScorer(artifact, network);
        } else if (layout instanceof LinearLayout) {
            return new LinearScorer(artifact);
        } else if (layout instanceof HashedLayout.HashedLinearLayout hashed) {
            return new HashedLinearScorer(artifact, hashed);
        } else if (layout instanceof HashedLayout.RidgeLayout ridge) {
            return new RidgeScorer(artifact, ridge);
        } else if (layout instanceof AutoLayout auto) {
            return new AutoScorer(artifact, auto);
        }
        throw new IllegalStateException("sealed: " + layout);
    }
}
