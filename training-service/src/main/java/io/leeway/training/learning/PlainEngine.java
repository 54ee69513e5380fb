package io.leeway.training.learning;

import io.leeway.core.model.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The plain twin of the other engines, in loops that anyone can read: what they must agree with, and a way to train where no native
 * library can be loaded. Inputs that are 0 are skipped.
 *
 * @see "Kingma and Ba, Adam: A method for stochastic optimization, ICLR 2015"
 */
public final class PlainEngine implements NetworkEngine {
    private static final double FIRST_MOMENT = 0.9;
    private static final double SECOND_MOMENT = 0.999;
    private static final double EPSILON = 1e-8;

    private final Shape shape;
    private final int[] weightAt;
    private final int[] biasAt;
    private final float[] parameters;
    private final float[] gradient;
    private final float[] first;
    private final float[] second;
    private long steps;

    PlainEngine(Shape shape, List<Tensor> initial) {
        this.shape = shape;
        weightAt = new int[shape.layers()];
        biasAt = new int[shape.layers()];
        int size = 0;
        for (int layer = 0; layer < shape.layers(); layer++) {
            weightAt[layer] = size;
            biasAt[layer] = size + shape.in(layer) * shape.out(layer);
            size = biasAt[layer] + shape.out(layer);
        }
        parameters = new float[size];
        int at = 0;
        for (Tensor tensor : initial) {
            float[] values = tensor.data().toArray();
            System.arraycopy(values, 0, parameters, at, values.length);
            at += values.length;
        }
        gradient = new float[size];
        first = new float[size];
        second = new float[size];
    }

    /** Makes them. */
    public static Maker maker() {
        return new Maker() {
            @Override
            public NetworkEngine make(Shape shape, List<Tensor> initial) {
                return new PlainEngine(shape, initial);
            }

            @Override
            public String backend() {
                return "java";
            }

            @Override
            public Map<String, String> libraryVersions() {
                return Map.of();
            }
        };
    }

    @Override
    public double learn(Minibatch batch, double stepSize) {
        int rows = batch.rows();
        float[][] values = forward(batch.features().array(), rows);
        float[] labels = batch.labels().array();
        float[] weights = batch.weights() == null ? null : batch.weights().array();
        float[] outputs = values[shape.layers()];
        float[] errors = new float[outputs.length];
        double loss = 0;
        for (int i = 0; i < outputs.length; i++) {
            errors[i] = outputs[i] - labels[i];
            if (i % shape.outputs() < shape.values()) {
                loss += (weights == null ? 1 : weights[i]) * errors[i] * errors[i];
            }
        }
        for (int row = 0; row < rows; row++) {
            shape.toGradients(errors, row * shape.outputs());
        }
        for (int i = 0; i < errors.length; i++) {
            errors[i] *= (weights == null ? 1 : weights[i]) / rows;
        }
        Arrays.fill(gradient, 0);
        for (int layer = shape.layers() - 1; layer >= 0; layer--) {
            errors = backward(layer, values[layer], errors, rows);
        }
        step(stepSize);
        return loss / rows;
    }

    /** Values of each layer from the inputs on; hidden ones rectified. */
    private float[][] forward(float[] features, int rows) {
        float[][] values = new float[shape.layers() + 1][];
        values[0] = features;
        for (int layer = 0; layer < shape.layers(); layer++) {
            int in = shape.in(layer);
            int out = shape.out(layer);
            float[] result = new float[rows * out];
            for (int row = 0; row < rows; row++) {
                int to = row * out;
                System.arraycopy(parameters, biasAt[layer], result, to, out);
                for (int i = 0; i < in; i++) {
                    float value = values[layer][row * in + i];
                    if (value != 0) {
                        addScaled(parameters, weightAt[layer] + i * out, value, result, to, out);
                    }
                }
            }
            if (layer < shape.layers() - 1) {
                for (int i = 0; i < result.length; i++) {
                    result[i] = result[i] < 0 ? 0 : result[i];
                }
            }
            values[layer + 1] = result;
        }
        return values;
    }

    /** Adds a layer's gradients; gives the errors of the layer below. */
    private float[] backward(int layer, float[] below, float[] errors, int rows) {
        int in = shape.in(layer);
        int out = shape.out(layer);
        float[] errorsBelow = layer == 0 ? null : new float[rows * in];
        for (int row = 0; row < rows; row++) {
            int from = row * out;
            addScaled(errors, from, 1, gradient, biasAt[layer], out);
            for (int i = 0; i < in; i++) {
                float value = below[row * in + i];
                if (value != 0) {
                    int at = weightAt[layer] + i * out;
                    addScaled(errors, from, value, gradient, at, out);
                    if (errorsBelow != null) {
                        errorsBelow[row * in + i] = dot(parameters, at, errors, from, out);
                    }
                }
            }
        }
        return errorsBelow;
    }

    private static void addScaled(float[] from, int fromAt, float factor, float[] to, int toAt, int count) {
        for (int i = 0; i < count; i++) {
            to[toAt + i] += factor * from[fromAt + i];
        }
    }

    private static float dot(float[] a, int aAt, float[] b, int bAt, int count) {
        float sum = 0;
        for (int i = 0; i < count; i++) {
            sum += a[aAt + i] * b[bAt + i];
        }
        return sum;
    }

    private void step(double stepSize) {
        steps++;
        double size = stepSize * Math.sqrt(1 - Math.pow(SECOND_MOMENT, steps)) / (1 - Math.pow(FIRST_MOMENT, steps));
        for (int layer = 0; layer < shape.layers(); layer++) {
            for (int i = weightAt[layer]; i < biasAt[layer]; i++) {
                gradient[i] += (float) shape.l2() * parameters[i];
            }
        }
        for (int i = 0; i < parameters.length; i++) {
            first[i] += (float) (1 - FIRST_MOMENT) * (gradient[i] - first[i]);
            second[i] += (float) (1 - SECOND_MOMENT) * (gradient[i] * gradient[i] - second[i]);
            parameters[i] -= (float) (size * first[i] / (Math.sqrt(second[i]) + EPSILON));
        }
    }

    /** Values of each layer [rows, units], from the inputs on; hidden ones rectified. */
    float[][] layers(float[] features, int rows) {
        return forward(features, rows);
    }

    @Override
    public float[] outputs(float[] features, int rows) {
        return forward(features, rows)[shape.layers()];
    }

    @Override
    public float[] parameters() {
        return parameters.clone();
    }

    @Override
    public void setParameters(float[] values) {
        System.arraycopy(values, 0, parameters, 0, parameters.length);
    }

    @Override
    public List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            int end = biasAt[layer] + shape.out(layer);
            tensors.add(Tensor.of(
                    "layer" + layer + ".weight",
                    Arrays.copyOfRange(parameters, weightAt[layer], biasAt[layer]),
                    shape.in(layer),
                    shape.out(layer)));
            tensors.add(Tensor.of(
                    "layer" + layer + ".bias", Arrays.copyOfRange(parameters, biasAt[layer], end), shape.out(layer)));
        }
        return tensors;
    }
}
