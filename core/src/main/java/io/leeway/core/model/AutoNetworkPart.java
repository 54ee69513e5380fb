package io.leeway.core.model;

import io.leeway.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network of one hidden layer with heads that suppose different things of rewards, averaged by their shares. Tensors {@code weight}
 * [width, hidden], {@code bias} [hidden], and for each head {@code headN.weight} [hidden, arms] and {@code headN.bias} [arms].
 */
final class AutoNetworkPart implements AutoPart {
    private static final float LARGEST_COLUMN = 8;

    private final int width;
    private final int arms;
    private final int hidden;
    private final float[] weight;
    private final float[] bias;
    private final List<NetworkHead> heads = new ArrayList<>();

    /** @param winner whether one arm wins (a softmax over the arms), or each has its own mean */
    private record NetworkHead(boolean winner, float share, FloatMatrix weight, FloatMatrix bias) {}

    /** Numbers that nobody changes. */
    private static final class FloatMatrix {
        private final float[] values;

        private FloatMatrix(float[] values) {
            this.values = values;
        }
    }

    AutoNetworkPart(JsonObject shape, String prefix, int width, int arms, Artifact artifact) {
        this.width = width;
        this.arms = arms;
        this.hidden = Math.toIntExact(shape.integer("hidden"));
        this.weight = AutoPart.values(artifact, prefix + "weight", (long) width * hidden);
        this.bias = AutoPart.values(artifact, prefix + "bias", hidden);
        for (JsonObject head : shape.objects("heads")) {
            String name = prefix + "head" + heads.size();
            heads.add(new NetworkHead(
                    head.flag("winner"),
                    (float) head.number("share"),
                    new FloatMatrix(AutoPart.values(artifact, name + ".weight", (long) hidden * arms)),
                    new FloatMatrix(AutoPart.values(artifact, name + ".bias", arms))));
        }
    }

    @Override
    public Run run() {
        float[] features = new float[hidden];
        float[] outputs = new float[arms];
        return (columns, rewards) -> {
            System.arraycopy(bias, 0, features, 0, hidden);
            int i = 0;
            for (; i + 3 < width; i += 4) {
                addFour(columns, i, features);
            }
            for (; i < width; i++) {
                addScaled(bounded(columns[i]), weight, i * hidden, features, hidden);
            }
            Arrays.fill(rewards, 0, arms, 0);
            for (int h = 0; h < heads.size(); h++) {
                predict(heads.get(h), features, outputs);
                float share = heads.get(h).share;
                for (int a = 0; a < arms; a++) {
                    rewards[a] += share * outputs[a];
                }
            }
        };
    }

    private static float bounded(float column) {
        return Math.min(LARGEST_COLUMN, Math.max(-LARGEST_COLUMN, column));
    }

    /** Four rows of weights at a time, so that sums are loaded and stored a quarter as often. */
    private void addFour(float[] columns, int i, float[] sums) {
        float a = bounded(columns[i]);
        float b = bounded(columns[i + 1]);
        float c = bounded(columns[i + 2]);
        float d = bounded(columns[i + 3]);
        int rowA = i * hidden;
        int rowB = rowA + hidden;
        int rowC = rowB + hidden;
        int rowD = rowC + hidden;
        float[] all = weight;
        for (int h = 0; h < sums.length; h++) {
            sums[h] = sums[h] + a * all[rowA + h] + b * all[rowB + h] + c * all[rowC + h] + d * all[rowD + h];
        }
    }

    private void predict(NetworkHead head, float[] features, float[] outputs) {
        System.arraycopy(head.bias.values, 0, outputs, 0, arms);
        if (arms == 1 && !head.winner) {
            float[] all = head.weight.values;
            float sum = outputs[0];
            for (int i = 0; i < hidden; i++) {
                sum += Math.max(0f, features[i]) * all[i];
            }
            outputs[0] = sum;
            return;
        }
        for (int i = 0; i < hidden; i++) {
            if (features[i] > 0) {
                addScaled(features[i], head.weight.values, i * arms, outputs, arms);
            }
        }
        if (head.winner) {
            softmax(outputs);
        }
    }

    private static void addScaled(float scale, float[] matrix, int offset, float[] out, int length) {
        for (int j = 0; j < length; j++) {
            out[j] += scale * matrix[offset + j];
        }
    }

    private static void softmax(float[] values) {
        float highest = values[0];
        for (float value : values) {
            highest = Math.max(highest, value);
        }
        float sum = 0;
        for (int a = 0; a < values.length; a++) {
            values[a] = (float) Math.exp(values[a] - highest);
            sum += values[a];
        }
        for (int a = 0; a < values.length; a++) {
            values[a] /= sum;
        }
    }
}
