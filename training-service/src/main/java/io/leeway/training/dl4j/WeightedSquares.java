package io.leeway.training.dl4j;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * Squared errors of linear outputs, each with a weight. DL4J's own masks cannot do this: they multiply the outputs too, which only 0 and
 * 1 survive. The weights are those of the minibatch that is being learned from. Not thread safe.
 */
final class WeightedSquares extends LossL2 {
    private transient INDArray weightOf;

    /** @param weights [rows, outputs] of the next minibatch; null if all count 1 */
    void use(INDArray weights) {
        weightOf = weights;
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray outputs, IActivation activation, INDArray mask, boolean average) {
        INDArray squares = outputs.sub(labels);
        squares.muli(squares);
        double sum = weighted(squares).sumNumber().doubleValue();
        return average ? sum / outputs.size(0) : sum;
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray outputs, IActivation activation, INDArray mask) {
        return weighted(outputs.sub(labels).muli(2));
    }

    private INDArray weighted(INDArray values) {
        return weightOf == null ? values : values.muli(weightOf);
    }
}
