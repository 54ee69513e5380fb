package io.leeway.training.learning;

import io.leeway.core.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where a network begins: normal weights of a variance that keeps the signal's size through rectified layers, biases 0. A function of
 * shape and seed, whatever computes.
 *
 * @see "He, Zhang, Ren and Sun, Delving deep into rectifiers, ICCV 2015"
 */
final class InitialWeights {
    private InitialWeights() {}

    static List<Tensor> of(NetworkEngine.Shape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Tensor> tensors = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            int in = shape.in(layer);
            int out = shape.out(layer);
            boolean last = layer == shape.layers() - 1;
            double deviation = Math.sqrt(2.0 / (last ? in + out : in));
            float[] weights = new float[in * out];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) (deviation * random.nextGaussian());
            }
            tensors.add(Tensor.of("layer" + layer + ".weight", weights, in, out));
            tensors.add(Tensor.of("layer" + layer + ".bias", new float[out], out));
        }
        return tensors;
    }
}
