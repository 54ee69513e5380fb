package io.leeway.training.learning;

import io.leeway.core.features.FeatureOptions;
import io.leeway.core.features.FeatureSpec;
import io.leeway.core.features.FeatureSpecLearner;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the rows of a data set become columns: an output (head) per action where actions have no features of their own and are few,
 * else the joint layout of context and action with one output. What begins with an underscore is no feature.
 */
final class Encoding {
    static final int MOST_HEADS = 256;
    static final int MOST_JOINT_COLUMNS = 3000;

    private static final FeatureOptions OPTIONS =
            FeatureOptions.defaults().withMaximumCategories(512).withMinimumCount(3);

    private Encoding() {}

    /**
     * Learns the specification from the rows below {@code end}.
     *
     * @param interactions whether a joint layout needs products of context and action columns, as a linear model does; left out
     *     where there would be too many
     */
    static Design learn(RowSource rows, boolean bandit, int end, boolean interactions) {
        if (!bandit) {
            FeatureSpecLearner learner = new FeatureSpecLearner();
            rows.read(0, end, (row, i) -> learner.observe(row.context(), null, null));
            return new Design(learner.learn(OPTIONS), List.of());
        }
        FeatureSpecLearner contexts = new FeatureSpecLearner();
        FeatureSpecLearner joint = new FeatureSpecLearner();
        TreeMap<String, Integer> actions = new TreeMap<>();
        boolean[] features = new boolean[1];
        rows.read(0, end, (row, i) -> {
            contexts.observe(row.context(), null, null);
            joint.observe(row.context(), row.action().features(), row.action().id());
            actions.merge(row.action().id(), 1, Integer::sum);
            features[0] |= row.action().features().keySet().stream().anyMatch(key -> !key.startsWith("_"));
        });
        if (!features[0] && actions.size() <= MOST_HEADS) {
            return new Design(contexts.learn(OPTIONS), List.copyOf(new TreeSet<>(actions.keySet())));
        }
        FeatureSpec spec = joint.learn(OPTIONS);
        int withProducts = spec.contextWidth() + spec.actionWidth() + spec.contextWidth() * spec.actionWidth();
        boolean products = interactions && withProducts <= MOST_JOINT_COLUMNS;
        return new Design(products ? joint.learn(OPTIONS.withInteractions(true)) : spec, List.of());
    }
}
