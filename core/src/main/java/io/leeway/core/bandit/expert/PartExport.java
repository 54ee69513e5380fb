package io.leeway.core.bandit.expert;

import io.leeway.core.json.JsonObject;
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

    /**
     * What rows that differ in some columns cost to predict from, roughly, in microseconds of a processor of 2026 that does all that a
     * decision needs beside, and so has little of the part at hand (docs/serving.md).
     */
    public double micros(int rows) {
        switch (kind) {
            case "kernel" -> {
                double landmarks = tensors.get(0).shape().get(0);
                int width = tensors.get(0).shape().get(1);
                return rows * landmarks * (width + 40 + landmarks / 2) / 2700;
            }
            case "network" -> {
                return 0.3 + rows * bytes() / 4.0 / 15_500;
            }
            case "forest" -> {
                return levels() * (0.0055 + 0.0025 * rows);
            }
            default -> {
                return 0.2 * rows;
            }
        }
    }

    /** Of a forest, those of all its trees, were they even. */
    private double levels() {
        double levels = 0;
        for (JsonObject grove : JsonObject.of(shape).objects("groves")) {
            for (JsonObject tree : grove.objects("trees")) {
                levels += Math.log(1 + tree.integer("nodes")) / Math.log(2);
            }
        }
        return levels;
    }

    /** Size of the tensors in bytes. */
    public long bytes() {
        return tensors.stream().mapToLong(tensor -> 4L * tensor.data().size()).sum();
    }
}
