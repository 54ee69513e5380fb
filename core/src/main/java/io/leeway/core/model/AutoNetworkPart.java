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
    private final int width;
    private final int arms;
    private final int hidden;
    /** By column: one weight for each hidden unit. Rows of their own: the compiler makes vector instructions of loops over them. */
    private final float[][] weight;

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
        this.weight = rows(AutoPart.values(artifact, prefix + "weight", (long) width * hidden), width, hidden);
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

    private static float[][] rows(float[] all, int count, int length) {
        float[][] rows = new float[count][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(all, i * length, (i + 1) * length));
        return rows;
    }

    @Override
    public Run run() {
        return new NetworkRun();
    }

    private final class NetworkRun implements Run {
        private final int[] all = new int[width];
        private final float[] none = new float[width];
        private final float[] common = new float[hidden];
        private final float[] features = new float[hidden];
        private final float[] outputs = new float[arms];
        private final double[] one = new double[1];

        private NetworkRun() {
            Arrays.setAll(all, i -> i);
        }

        @Override
        public void predict(float[] columns, double[] rewards) {
            System.arraycopy(bias, 0, features, 0, hidden);
            addRows(columns, none, all, width, features);
            finish(rewards);
        }

        /** What the rows have in common goes through the first layer once. */
        @Override
        public void predictEach(JointRows rows, int count, double[] rewards) {
            System.arraycopy(bias, 0, common, 0, hidden);
            addRows(rows.base(), none, all, width, common);
            for (int i = 0; i < count; i++) {
                System.arraycopy(common, 0, features, 0, hidden);
                addRows(rows.row(i), rows.base(), rows.changed(i), rows.changes(i), features);
                finish(one);
                rewards[i] = one[0];
            }
        }

        /** Of each of the places adds its row of weights times what its column is more than in {@code less}. */
        private void addRows(float[] columns, float[] less, int[] places, int count, float[] sums) {
            int i = 0;
            for (; i + 3 < count; i += 4) {
                addFour(columns, less, places, i, sums);
            }
            for (; i < count; i++) {
                float factor = columns[places[i]] - less[places[i]];
                float[] row = weight[places[i]];
                for (int h = 0; h < sums.length; h++) {
                    sums[h] += factor * row[h];
                }
            }
        }

        private void finish(double[] rewards) {
            for (int i = 0; i < hidden; i++) {
                // The larger of the value and 0, without a branch that nobody can guess.
                features[i] = 0.5f * (features[i] + Math.abs(features[i]));
            }
            Arrays.fill(rewards, 0, arms, 0);
            for (int h = 0; h < heads.size(); h++) {
                output(heads.get(h), features, outputs);
                float share = heads.get(h).share;
                for (int a = 0; a < arms; a++) {
                    rewards[a] += share * outputs[a];
                }
            }
        }
    }

    /** Four rows of weights at a time, so that sums are loaded and stored a quarter as often. */
    private void addFour(float[] columns, float[] less, int[] places, int i, float[] sums) {
        int placeA = places[i];
        int placeB = places[i + 1];
        int placeC = places[i + 2];
        int placeD = places[i + 3];
        float a = columns[placeA] - less[placeA];
        float b = columns[placeB] - less[placeB];
        float c = columns[placeC] - less[placeC];
        float d = columns[placeD] - less[placeD];
        float[] rowA = weight[placeA];
        float[] rowB = weight[placeB];
        float[] rowC = weight[placeC];
        float[] rowD = weight[placeD];
        for (int h = 0; h < sums.length; h++) {
            sums[h] = sums[h] + a * rowA[h] + b * rowB[h] + c * rowC[h] + d * rowD[h];
        }
    }

    private void output(NetworkHead head, float[] features, float[] outputs) {
        System.arraycopy(head.bias.values, 0, outputs, 0, arms);
        if (arms == 1 && !head.winner) {
            outputs[0] += dot(features, head.weight.values);
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

    /** Four sums, because each addition waits for the one before. */
    private static float dot(float[] x, float[] y) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (; i + 3 < x.length; i += 4) {
            a += x[i] * y[i];
            b += x[i + 1] * y[i + 1];
            c += x[i + 2] * y[i + 2];
            d += x[i + 3] * y[i + 3];
        }
        for (; i < x.length; i++) {
            a += x[i] * y[i];
        }
        return a + b + (c + d);
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
