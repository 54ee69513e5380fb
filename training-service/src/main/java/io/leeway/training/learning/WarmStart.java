package io.leeway.training.learning;

import io.leeway.core.features.FeatureSpec;
import io.leeway.core.features.Input;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Layout.Activation;
import io.leeway.core.model.Layout.NetworkLayout;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a network begins that goes on from another one: it answers as that one does, whatever became of the columns since. Numbers that
 * are standardised otherwise by now have their weights scaled; an input that is new counts nothing at first; a word that is new counts as
 * unknown words did; an action that is new is worth the mean of the others, as predictors take it.
 */
final class WarmStart {
    private static final String OTHER = "=<other>";

    private final Artifact before;
    private final Design design;
    private final NetworkEngine.Shape shape;

    private WarmStart(Artifact before, Design design, NetworkEngine.Shape shape) {
        this.before = before;
        this.design = design;
        this.shape = shape;
    }

    /** A column: how its value is made of an input's, and the column that is 1 where there is none, or -1. */
    private record Column(int index, Input input, String wider, int missing) {}

    /**
     * The tensors to begin with; empty if the other model cannot be gone on from: another kind, other layers.
     *
     * @param mean of the targets now
     * @param deviation of the targets now
     */
    static Optional<List<Tensor>> of(
            Artifact before, Design design, NetworkEngine.Shape shape, double mean, double deviation) {
        ModelDescription description = before.description();
        boolean same = description.layout() instanceof NetworkLayout network
                && network.activation() == Activation.RELU
                && network.hidden().equals(shape.hidden())
                && description.heads().isEmpty() == design.heads().isEmpty()
                && !description.features().interactions()
                && !design.spec().interactions();
        if (!same) {
            return Optional.empty();
        }
        return Optional.of(new WarmStart(before, design, shape).tensors(mean, deviation));
    }

    private List<Tensor> tensors(double mean, double deviation) {
        List<float[]> weights = new ArrayList<>();
        List<float[]> biases = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            weights.add(before.tensor("layer" + layer + ".weight").data().toArray());
            biases.add(before.tensor("layer" + layer + ".bias").data().toArray());
        }
        weights.set(0, columns(weights.get(0), biases.get(0)));
        outputs(weights, biases, mean, deviation);
        List<Tensor> tensors = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            tensors.add(Tensor.of("layer" + layer + ".weight", weights.get(layer), shape.in(layer), shape.out(layer)));
            tensors.add(Tensor.of("layer" + layer + ".bias", biases.get(layer), shape.out(layer)));
        }
        return tensors;
    }

    /** The first layer over today's columns; what standardising otherwise takes away goes into the biases. */
    private float[] columns(float[] old, float[] bias) {
        int out = bias.length;
        Map<String, Column> was = columns(before.description().features());
        float[] weights = new float[shape.inputs() * out];
        columns(design.spec()).forEach((name, now) -> {
            Column then = was.getOrDefault(name, was.get(now.wider()));
            if (then == null) {
                return;
            }
            double scale = now.input().standardDeviation() / then.input().standardDeviation();
            double moved =
                    (now.input().mean() - then.input().mean()) / then.input().standardDeviation();
            for (int o = 0; o < out; o++) {
                float weight = old[then.index() * out + o];
                weights[now.index() * out + o] += (float) (scale * weight);
                bias[o] += (float) (moved * weight);
                if (now.missing() >= 0 && moved != 0) {
                    // A missing number is the mean in either, so it must not feel that the mean has moved.
                    weights[now.missing() * out + o] -= (float) (moved * weight);
                }
            }
        });
        return weights;
    }

    private static Map<String, Column> columns(FeatureSpec spec) {
        Map<String, Column> columns = new LinkedHashMap<>();
        int at = add("context ", spec.context(), 0, columns);
        add("action ", spec.action(), at, columns);
        return columns;
    }

    private static int add(String namespace, List<Input> inputs, int from, Map<String, Column> columns) {
        int at = from;
        for (Input input : inputs) {
            String prefix = namespace + input.kind() + " ";
            String wider = input.kind() == Input.Kind.CATEGORY ? prefix + input.path() + OTHER : "";
            int missing = input.kind() == Input.Kind.NUMBER && input.missingIndicator() ? at + 1 : -1;
            Input plain = new Input(input.path(), Input.Kind.FLAG, 0, 1, false, List.of());
            List<String> names = input.columnNames();
            for (int i = 0; i < names.size(); i++) {
                boolean indicator = input.missingIndicator() && i == names.size() - 1;
                boolean number = input.kind() == Input.Kind.NUMBER && !indicator;
                columns.put(
                        prefix + names.get(i),
                        new Column(at + i, number ? input : plain, indicator ? "" : wider, number ? missing : -1));
            }
            at += names.size();
        }
        return at;
    }

    /** The last layer over today's actions and in today's unit. */
    private void outputs(List<float[]> weights, List<float[]> biases, double mean, double deviation) {
        NetworkLayout network = (NetworkLayout) before.description().layout();
        List<String> heads = before.description().heads();
        int last = shape.layers() - 1;
        int in = shape.in(last);
        int outputs = design.outputs();
        int outputsBefore = Math.max(1, heads.size());
        float[] weight = new float[in * shape.outputs()];
        float[] bias = new float[shape.outputs()];
        double scale = network.targetStandardDeviation() / deviation;
        double moved = (network.targetMean() - mean) / deviation;
        int stride = biases.get(last).length;
        for (int output = 0; output < shape.outputs(); output++) {
            String action = design.heads().isEmpty() ? null : design.heads().get(output % outputs);
            int head = action == null ? 0 : heads.indexOf(action);
            List<Integer> sources = output < shape.values()
                    ? sources(output / outputs, head, outputsBefore, network.members())
                    : List.of(quantile(output - shape.values(), network));
            for (int source : sources) {
                for (int i = 0; i < in; i++) {
                    weight[i * shape.outputs() + output] +=
                            (float) (scale / sources.size() * weights.get(last)[i * stride + source]);
                }
                bias[output] += (float) (scale / sources.size() * biases.get(last)[source]);
            }
            bias[output] += (float) moved;
        }
        weights.set(last, weight);
        biases.set(last, bias);
    }

    /** The output of before that a quantile begins as: the same quantile, or the value itself. */
    private int quantile(int index, NetworkLayout network) {
        return network.quantiles().equals(shape.quantiles()) ? 1 + index : 0;
    }

    /**
     * The outputs of before that an output begins as the mean of: of the same member, where there are as many, else of all.
     *
     * @param head of before; -1 for an action that it did not know
     */
    private List<Integer> sources(int member, int head, int outputsBefore, int membersBefore) {
        boolean asMany = membersBefore == shape.values() / design.outputs();
        List<Integer> sources = new ArrayList<>();
        for (int one = 0; one < membersBefore; one++) {
            for (int output = 0; output < outputsBefore && (!asMany || one == member); output++) {
                if (head < 0 || head == output) {
                    sources.add(one * outputsBefore + output);
                }
            }
        }
        return sources;
    }
}
