package io.leeway.core.model;

import io.leeway.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;

/**
 * Trees whose leaves hold a mean per arm, in groves that suppose different things of rewards. Tensors for each grove {@code
 * groveN.columns}, {@code .cuts} and {@code .nexts} [nodes of all its trees], and {@code .means} [cells of all its trees]. Of a split,
 * next is the left child within its tree, with the right one after it; of a leaf (column -1) where its cells begin within the tree.
 */
final class ForestPart implements AutoPart {
    /** Steps before walks are looked at for the first time: few trees are less deep; and then again and again. */
    private static final int FIRST_STEPS = 10;

    private static final int MORE_STEPS = 3;

    private final int width;
    private final int arms;
    private final Grove[] groves;

    ForestPart(JsonObject shape, String prefix, int width, int arms, Artifact artifact) {
        this.width = width;
        this.arms = arms;
        List<JsonObject> shapes = shape.objects("groves");
        groves = new Grove[shapes.size()];
        Arrays.setAll(groves, g -> new Grove(shapes.get(g), prefix + "grove" + g + ".", width, arms == 1, artifact));
    }

    @Override
    public Run run() {
        return new Walks();
    }

    /** Walks down the trees; reused. Tree by tree: what one row has brought near, the next ones find there. */
    private final class Walks implements Run {
        /** Walked at once: each waits for memory most of the time. */
        private static final int LANES = 8;

        private int[] keys = new int[width + 1];
        /** Of each walk that goes on where it is, where its row's keys begin, and its number. */
        private int[] at = new int[LANES];

        private int[] row = new int[LANES];
        private int[] number = new int[LANES];
        /** Of each walk what the leaf says that it has come to. */
        private int[] said = new int[LANES];

        @Override
        public void predict(float[] columns, double[] rewards) {
            writeKeys(columns, 0);
            Arrays.fill(rewards, 0, arms, 0);
            for (Grove grove : groves) {
                walk(grove, 1);
                float part = grove.part();
                for (int t = 0; t < grove.trees(); t++) {
                    for (int a = 0; a < arms; a++) {
                        rewards[a] += part * grove.mean(t, said[t], a);
                    }
                }
            }
        }

        @Override
        public void predictEach(JointRows rows, int count, double[] rewards) {
            writeKeys(rows, count);
            Arrays.fill(rewards, 0, count, 0);
            for (Grove grove : groves) {
                walk(grove, count);
                float part = grove.part();
                for (int t = 0, walk = 0; t < grove.trees(); t++) {
                    for (int i = 0; i < count; i++, walk++) {
                        rewards[i] += part * grove.mean(t, said[walk], 0);
                    }
                }
            }
        }

        private void writeKeys(JointRows rows, int count) {
            int room = count * (width + 1);
            if (keys.length < room) {
                keys = new int[2 * room];
            }
            for (int i = 0; i < count; i++) {
                writeKeys(rows.row(i), i * (width + 1));
            }
        }

        private void writeKeys(float[] columns, int offset) {
            for (int i = 0; i < width; i++) {
                keys[offset + i] = FloatOrder.key(columns[i]);
            }
            keys[offset + width] = FloatOrder.ABOVE;
        }

        /** Walks every grown tree for each row, the rows of a tree side by side. */
        private void walk(Grove grove, int count) {
            int walks = begin(grove, count);
            for (int steps = FIRST_STEPS; walks > 0; steps = MORE_STEPS) {
                for (int lane = walks; lane % LANES != 0; lane++) {
                    at[lane] = at[0];
                    row[lane] = row[0];
                }
                for (int lane = 0; lane < walks; lane += LANES) {
                    grove.walk(keys, at, row, lane, steps);
                }
                walks = unfinished(grove, walks);
            }
        }

        private int begin(Grove grove, int count) {
            int most = grove.trees() * count + LANES;
            if (at.length < most) {
                at = new int[2 * most];
                row = new int[2 * most];
                number = new int[2 * most];
                said = new int[2 * most];
            }
            int walks = 0;
            for (int t = 0; t < grove.trees(); t++) {
                for (int i = 0; grove.isGrown(t) && i < count; i++) {
                    at[walks] = grove.root(t);
                    row[walks] = i * (width + 1);
                    number[walks++] = t * count + i;
                }
            }
            return walks;
        }

        /** Notes what those say that are over, and moves the others together: without a branch that nobody can guess. */
        private int unfinished(Grove grove, int walks) {
            int left = 0;
            for (int lane = 0; lane < walks; lane++) {
                long node = grove.node(at[lane]);
                at[left] = at[lane];
                row[left] = row[lane];
                number[left] = number[lane];
                said[number[lane]] = Grove.says(node);
                left += Grove.isLeaf(node) ? 0 : 1;
            }
            return left;
        }
    }
}
