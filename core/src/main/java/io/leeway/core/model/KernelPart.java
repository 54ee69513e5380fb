package io.leeway.core.model;

import io.leeway.core.json.JsonObject;
import java.util.Arrays;

/**
 * A linear regression per arm on a constant, the columns, and the similarities to landmarks, turned so that their inner products
 * approximate a Gaussian kernel. Tensors {@code landmarks} [landmarks, width], {@code turn} [landmarks, landmarks], an upper triangle,
 * and {@code weight} [arms, 1 + width + landmarks]. Computes as the learner does, to the last bit but for the sums over arms.
 */
final class KernelPart implements AutoPart {
    private static final double COLUMNS_SQUARED = 16;
    private static final float NEGLIGIBLE = 1e-6f;

    private final int width;
    private final int count;
    private final int arms;
    private final double rate;
    private final float[] landmarks;
    private final float[] squares;
    private final float[] turn;
    private final float[] weight;

    KernelPart(JsonObject shape, String prefix, int width, int arms, Artifact artifact) {
        this.width = width;
        this.arms = arms;
        this.count = Math.toIntExact(shape.integer("landmarks"));
        this.rate = shape.number("rate", 0);
        this.landmarks = AutoPart.values(artifact, prefix + "landmarks", (long) count * width);
        this.turn = AutoPart.values(artifact, prefix + "turn", (long) count * count);
        this.weight = AutoPart.values(artifact, prefix + "weight", (long) arms * (1 + width + count));
        this.squares = new float[count];
        for (int i = 0; i < count; i++) {
            squares[i] = dot(landmarks, i * width, landmarks, i * width, width);
        }
    }

    @Override
    public Run run() {
        float[] similarities = new float[count];
        float[] features = new float[1 + width + count];
        return new Run() {
            private final double[] one = new double[1];

            @Override
            public void predict(float[] columns, double[] rewards) {
                features[0] = 1;
                float scale = (float) Math.min(1, Math.sqrt(COLUMNS_SQUARED / Math.max(1, width)));
                for (int i = 0; i < width; i++) {
                    features[1 + i] = scale * columns[i];
                }
                turned(columns, similarities, features);
                for (int arm = 0; arm < arms; arm++) {
                    rewards[arm] = dot(weight, arm * features.length, features, 0, features.length);
                }
            }

            @Override
            public void predictEach(JointRows rows, int count, double[] rewards) {
                for (int i = 0; i < count; i++) {
                    predict(rows.row(i), one);
                    rewards[i] = one[0];
                }
            }
        };
    }

    private void turned(float[] row, float[] similarities, float[] into) {
        int offset = 1 + width;
        float square = dot(row, 0, row, 0, width);
        Arrays.fill(into, offset, offset + count, 0);
        for (int i = 0; i < count; i++) {
            float distance = square + squares[i] - 2 * dot(row, 0, landmarks, i * width, width);
            similarities[i] = (float) Math.exp(-Math.max(0, distance) * rate);
        }
        for (int i = 0; i < count; i++) {
            float similarity = similarities[i];
            if (similarity > NEGLIGIBLE) {
                int line = i * count;
                for (int j = i; j < count; j++) {
                    into[offset + j] += similarity * turn[line + j];
                }
            }
        }
    }

    /** Four sums side by side: the compiler does not reorder the additions of one. */
    private static float dot(float[] a, int atA, float[] b, int atB, int length) {
        float first = 0;
        float second = 0;
        float third = 0;
        float fourth = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            first += a[atA + i] * b[atB + i];
            second += a[atA + i + 1] * b[atB + i + 1];
            third += a[atA + i + 2] * b[atB + i + 2];
            fourth += a[atA + i + 3] * b[atB + i + 3];
        }
        for (; i < length; i++) {
            first += a[atA + i] * b[atB + i];
        }
        return first + second + (third + fourth);
    }
}
