package io.leeway.core.bandit.expert;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Features of a Gaussian kernel: the similarity of a row to landmarks drawn among remembered rows, turned so that their
 * inner products approximate the kernel. The bandwidth is a fixed share of the median distance between landmarks. Immutable
 * but for its buffers, not thread-safe. O(landmarks x (width + landmarks)) per row.
 *
 * @see "Williams and Seeger, Using the Nystroem method to speed up kernel machines, NIPS 2001"
 */
final class Landmarks {
    /** Bandwidth in median distances. */
    private static final double BANDWIDTH = 0.5;

    private static final double JITTER = 1e-3;
    /** Similarities below this add nothing. */
    private static final float NEGLIGIBLE = 1e-6f;

    private final float[][] rows;
    private final float[] squares;
    private final double rate;
    private final float[] turn;
    private final float[] similarities;

    private Landmarks(float[][] rows) {
        int count = rows.length;
        this.rows = rows;
        this.squares = new float[count];
        this.similarities = new float[count];
        double[] distances = distances(rows);
        double median = median(distances, count);
        this.rate = 1 / (median * BANDWIDTH * BANDWIDTH);
        for (int i = 0; i < count; i++) {
            squares[i] = Floats.dot(rows[i], rows[i], rows[i].length);
        }
        double[] kernel = new double[count * count];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = Math.exp(-distances[i] * rate);
        }
        for (int i = 0; i < count; i++) {
            kernel[i * count + i] += JITTER;
        }
        this.turn = Floats.of(Cholesky.inverseFactor(kernel, count));
    }

    /** Draws {@code count} landmarks from the replay's latest rows. */
    static Landmarks draw(Replay replay, int count, SplittableRandom random) {
        int[] order = new int[replay.size()];
        Arrays.setAll(order, i -> i);
        double[] columns = new double[replay.width()];
        float[][] rows = new float[count][];
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(order.length - i);
            int drawn = order[other];
            order[other] = order[i];
            order[i] = drawn;
            replay.columns(drawn, columns);
            rows[i] = Floats.of(columns);
        }
        return new Landmarks(rows);
    }

    int count() {
        return rows.length;
    }

    /** Writes the features of a row to {@code into} from {@code offset} on. */
    void features(float[] row, int width, float[] into, int offset) {
        int count = rows.length;
        float square = Floats.dot(row, row, width);
        Arrays.fill(into, offset, offset + count, 0);
        for (int i = 0; i < count; i++) {
            float distance = square + squares[i] - 2 * Floats.dot(row, rows[i], width);
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

    private static double[] distances(float[][] rows) {
        int count = rows.length;
        double[] distances = new double[count * count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                double sum = 0;
                for (int c = 0; c < rows[i].length; c++) {
                    double difference = rows[i][c] - rows[j][c];
                    sum += difference * difference;
                }
                distances[i * count + j] = sum;
                distances[j * count + i] = sum;
            }
        }
        return distances;
    }

    private static double median(double[] distances, int count) {
        if (count < 2) {
            return 1;
        }
        double[] sorted = new double[count * (count - 1) / 2];
        int size = 0;
        for (int i = 0; i < count; i++) {
            System.arraycopy(distances, i * count, sorted, size, i);
            size += i;
        }
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        return median > 0 ? median : 1;
    }

    double rate() {
        return rate;
    }

    void write(float[] intoRows, float[] intoTurn) {
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, intoRows, i * rows[i].length, rows[i].length);
        }
        System.arraycopy(turn, 0, intoTurn, 0, turn.length);
    }
}
