package io.leeway.training.dl4j;

import io.leeway.training.learning.NetworkEngine;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * Losses of linear outputs, each with a weight: squared errors, and the pinball loss where an output is a quantile. DL4J's own masks cannot
 * weigh: they multiply the outputs too, which only 0 and 1 survive. The weights are those of the minibatch that is being learned from. What
 * it says as score leaves quantiles out. Not thread safe.
 */
final class OutputLoss extends LossL2 {
    private final transient NetworkEngine.Shape shape;
    private transient INDArray weightOf;

    OutputLoss(NetworkEngine.Shape shape) {
        this.shape = shape;
    }

    /** @param weights [rows, outputs] of the next minibatch; null if all count 1 */
    void use(INDArray weights) {
        weightOf = weights;
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray outputs, IActivation activation, INDArray mask, boolean average) {
        INDArray squares = outputs.sub(labels);
        squares.muli(squares);
        INDArray weighted = weighted(squares);
        double sum = shape.quantiles().isEmpty()
                ? weighted.sumNumber().doubleValue()
                : values(weighted).sumNumber().doubleValue();
        return average ? sum / outputs.size(0) : sum;
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray outputs, IActivation activation, INDArray mask) {
        INDArray errors = outputs.sub(labels);
        return weighted(shape.quantiles().isEmpty() ? errors.muli(2) : gradients(errors));
    }

    private INDArray values(INDArray all) {
        return all.get(NDArrayIndex.all(), NDArrayIndex.interval(0, shape.values()));
    }

    /** Few numbers, which plain code turns over faster than many small operations of ND4J. */
    private INDArray gradients(INDArray errors) {
        int rows = (int) errors.size(0);
        float[] gradients = errors.dup('c').data().asFloat();
        for (int row = 0; row < rows; row++) {
            shape.toGradients(gradients, row * shape.outputs());
        }
        return Nd4j.create(gradients, new int[] {rows, shape.outputs()}, 'c');
    }

    private INDArray weighted(INDArray values) {
        return weightOf == null ? values : values.muli(weightOf);
    }
}
