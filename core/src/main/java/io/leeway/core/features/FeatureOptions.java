package io.leeway.core.features;

/**
 * How a specification is learned.
 *
 * @param maximumCategories words kept per categorical input, at least 1; rarer ones share the column "other"
 * @param minimumCount a word seen in fewer rows goes to "other", at least 1, so that this column gets trained too
 * @param interactions whether the joint layout appends context x action products, which a linear model needs
 */
public record FeatureOptions(int maximumCategories, int minimumCount, boolean interactions) {
    public FeatureOptions {
        if (maximumCategories < 1) {
            throw new IllegalArgumentException("must be >= 1: maximumCategories=" + maximumCategories);
        }
        if (minimumCount < 1) {
            throw new IllegalArgumentException("must be >= 1: minimumCount=" + minimumCount);
        }
    }

    public static FeatureOptions defaults() {
        return new FeatureOptions(256, 2, false);
    }

    public FeatureOptions withMaximumCategories(int value) {
        return new FeatureOptions(value, minimumCount, interactions);
    }

    public FeatureOptions withMinimumCount(int value) {
        return new FeatureOptions(maximumCategories, value, interactions);
    }

    public FeatureOptions withInteractions(boolean value) {
        return new FeatureOptions(maximumCategories, minimumCount, value);
    }
}
