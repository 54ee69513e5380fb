package io.leeway.core.bandit.expert;

import io.leeway.core.model.Tensor;
import java.util.List;
import java.util.Map;

/**
 * An expert as it is served.
 *
 * @param kind of the part
 * @param shape what the kind needs to know beside its tensors; plain JSON values
 * @param tensors by names within the part
 */
public record PartExport(String kind, Map<String, Object> shape, List<Tensor> tensors) {
    public PartExport {
        shape = Map.copyOf(shape);
        tensors = List.copyOf(tensors);
    }

    /** What one row costs to predict from, roughly, in microseconds of a processor of 2026. */
    public double micros() {
        switch (kind) {
            case "kernel" -> {
                double landmarks = tensors.get(0).shape().get(0);
                int width = tensors.get(0).shape().get(1);
                return landmarks * (width + 40 + landmarks / 2) / 2700;
            }
            case "network" -> {
                return bytes() / 4.0 / 5000;
            }
            case "forest" -> {
                double steps = 0;
                for (Tensor tensor : tensors) {
                    if (tensor.name().endsWith("cuts")) {
                        steps += 20 * Math.log(1 + tensor.shape().get(0)) / Math.log(2);
                    }
                }
                return steps / 200;
            }
            default -> {
                return 0.2;
            }
        }
    }

    /** Size of the tensors in bytes. */
    public long bytes() {
        return tensors.stream().mapToLong(tensor -> 4L * tensor.data().size()).sum();
    }
}
