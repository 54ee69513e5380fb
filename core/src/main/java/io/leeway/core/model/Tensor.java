package io.leeway.core.model;

import java.util.ArrayList;
import java.util.List;

/** A named array of floats in row-major order. Immutable. */
public record Tensor(String name, List<Integer> shape, FloatData data) {
    public Tensor {
        if (name == null || name.isBlank() || name.equals("__metadata__")) {
            throw new IllegalArgumentException("must be a tensor name: name=" + name);
        }
        shape = List.copyOf(shape);
        long size = 1;
        for (int extent : shape) {
            if (extent < 0) {
                throw new IllegalArgumentException("must be >= 0: extent=" + extent + " tensor=" + name);
            }
            size = Math.multiplyExact(size, extent);
        }
        if (size != data.size()) {
            throw new IllegalArgumentException(
                    "must fill its shape: tensor=" + name + " shape=" + shape + " values=" + data.size());
        }
    }

    /** Copies the values. */
    public static Tensor of(String name, float[] values, int... shape) {
        List<Integer> extents = new ArrayList<>();
        for (int extent : shape) {
            extents.add(extent);
        }
        return new Tensor(name, extents, FloatData.of(values));
    }
}
