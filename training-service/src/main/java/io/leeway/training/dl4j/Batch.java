package io.leeway.training.dl4j;

import io.leeway.training.learning.Design;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A minibatch as DL4J reads it: features [rows, width], labels [rows, outputs], and a mask [rows, outputs] that is the row's weight for
 * the output with a target and 0 for the others; null where there is one output only and all rows count alike.
 */
record Batch(INDArray features, INDArray labels, INDArray mask) {
    static Batch of(Design design, int[] order, int from, int rows, double mean, double deviation) {
        int outputs = design.outputs();
        float[] labels = new float[rows * outputs];
        float[] mask = outputs == 1 && !design.weighted() ? null : new float[rows * outputs];
        for (int i = 0; i < rows; i++) {
            int row = order[from + i];
            int at = i * outputs + design.output(row);
            labels[at] = (float) ((design.target(row) - mean) / deviation);
            if (mask != null) {
                mask[at] = (float) design.weight(row);
            }
        }
        int[] shape = {rows, outputs};
        return new Batch(
                features(design, order, from, rows),
                Nd4j.create(labels, shape, 'c'),
                mask == null ? null : Nd4j.create(mask, shape, 'c'));
    }

    static INDArray features(Design design, int[] order, int from, int rows) {
        float[] dense = new float[rows * design.width()];
        for (int i = 0; i < rows; i++) {
            design.fill(order[from + i], dense, i * design.width());
        }
        return Nd4j.create(dense, new int[] {rows, design.width()}, 'c');
    }
}
