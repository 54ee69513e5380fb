package io.leeway.core.model;

import io.leeway.core.features.Action;
import io.leeway.core.model.Layout.NetworkLayout;
import java.util.List;
import java.util.Map;

/** A network of several members. Thread-safe. */
final class SampledNetworkScorer implements SampledScorer {
    private final NetworkScorer network;
    private final Heads heads;
    private final int members;

    SampledNetworkScorer(Artifact artifact, NetworkLayout layout) {
        this.network = new NetworkScorer(artifact, layout);
        this.heads = new Heads(artifact.description().heads());
        this.members = layout.members();
    }

    @Override
    public double[][] samples(Map<String, ?> context, List<Action> actions) {
        double[][] samples = new double[members][actions.size()];
        if (!heads.isEmpty()) {
            double[] all = network.allOutputs(context, null);
            int outputs = all.length / members;
            double[] own = new double[outputs];
            for (int member = 0; member < members; member++) {
                System.arraycopy(all, member * outputs, own, 0, outputs);
                samples[member] = heads.pick(own, actions);
            }
            return samples;
        }
        for (int i = 0; i < actions.size(); i++) {
            double[] all = network.allOutputs(context, actions.get(i));
            for (int member = 0; member < members; member++) {
                samples[member][i] = all[member];
            }
        }
        return samples;
    }

    @Override
    public double[] score(Map<String, ?> context, List<Action> actions) {
        return SampledScorer.means(samples(context, actions));
    }

    @Override
    public double predict(Map<String, ?> context) {
        throw new IllegalStateException("must be a regression model to predict");
    }
}
