package io.leeway.core.model;

import io.leeway.core.json.JsonObject;

/** A part of an {@link AutoLayout} that predicts from columns. Immutable. */
interface AutoPart {
    /** Predicts, with buffers of its own. Not thread-safe. */
    interface Run {
        /** @param rewards takes the scaled reward of each arm */
        void predict(float[] columns, double[] rewards);

        /**
         * Predicts from the first of some rows, where there is one arm.
         *
         * @param rewards takes the scaled reward of each row
         */
        void predictEach(JointRows rows, int count, double[] rewards);
    }

    Run run();

    /**
     * @param width of the columns
     * @param arms how many there are
     */
    static AutoPart of(AutoLayout.Part part, String prefix, int width, int arms, Artifact artifact) {
        JsonObject shape = JsonObject.of(part.shape());
        return switch (part.kind()) {
            case "kernel" -> new KernelPart(shape, prefix, width, arms, artifact);
            case "network" -> new AutoNetworkPart(shape, prefix, width, arms, artifact);
            case "forest" -> new ForestPart(shape, prefix, width, arms, artifact);
            default -> throw new InvalidArtifactException("must be kernel, network or forest: kind=" + part.kind());
        };
    }

    /** A tensor's values, as many as wanted. */
    static float[] values(Artifact artifact, String name, long wanted) {
        float[] values = artifact.tensor(name).data().toArray();
        if (values.length != wanted) {
            throw new InvalidArtifactException(
                    "must have " + wanted + " values: tensor=" + name + " values=" + values.length);
        }
        return values;
    }
}
