package io.leeway.core.model;

import io.leeway.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Layouts of online learners: their features are hashed, and their scores are cut off to a range. */
public sealed interface HashedLayout extends Layout
        permits HashedLayout.HashedLinearLayout, HashedLayout.RidgeLayout, AutoLayout {
    /** Scores are cut off here. */
    double least();

    double most();

    /** The shapes of the tensors, by name. */
    Map<String, List<Integer>> shapes();

    /**
     * How the numbers of a feature are brought to scale: (value - mean) x rate.
     *
     * @param feature its hash
     * @param rate 0 for a feature that has not varied
     */
    record Scale(int feature, double mean, double rate) {
        public Scale {
            if (!(Double.isFinite(mean) && Double.isFinite(rate))) {
                throw new IllegalArgumentException("must be finite: mean=" + mean + " rate=" + rate);
            }
        }

        static List<Object> toJson(List<Scale> scales) {
            List<Object> json = new ArrayList<>();
            for (Scale scale : scales) {
                json.add(List.of((long) scale.feature, scale.mean, scale.rate));
            }
            return json;
        }

        static List<Scale> fromJson(List<?> json) {
            List<Scale> scales = new ArrayList<>();
            for (Object entry : json) {
                List<?> parts = (List<?>) entry;
                scales.add(new Scale(
                        Math.toIntExact(number(parts.get(0)).longValue()),
                        number(parts.get(1)).doubleValue(),
                        number(parts.get(2)).doubleValue()));
            }
            return scales;
        }
    }

    /**
     * A linear model of hashed features: the context's with weights per action, the action's own, and the products of both. Tensors
     * {@code slot}, {@code weight} and {@code scale} [entries]: the weights that are not 0, by their place among 2^bits, and the
     * largest value that each has learned from.
     *
     * @param contexts scales of the context's numbers
     * @param actions scales of the actions' numbers
     */
    record HashedLinearLayout(
            int bits,
            int entries,
            boolean standardise,
            List<Scale> contexts,
            List<Scale> actions,
            double least,
            double most)
            implements HashedLayout {
        public HashedLinearLayout {
            if (!(bits >= 1 && bits <= 24)) { // places are kept as floats
                throw new IllegalArgumentException("must be in [1, 24]: bits=" + bits);
            }
            if (!(entries >= 0 && entries <= 1 << bits)) {
                throw new IllegalArgumentException("must be in [0, 2^bits]: entries=" + entries);
            }
            contexts = List.copyOf(contexts);
            actions = List.copyOf(actions);
            requireRange(least, most);
        }

        @Override
        public Map<String, List<Integer>> shapes() {
            List<Integer> shape = List.of(entries);
            return Map.of("slot", shape, "weight", shape, "scale", shape);
        }

        @Override
        public Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("kind", "hashed-linear");
            json.put("bits", bits);
            json.put("entries", entries);
            json.put("standardise", standardise);
            json.put("contexts", Scale.toJson(contexts));
            json.put("actions", Scale.toJson(actions));
            json.put("least", least);
            json.put("most", most);
            return json;
        }

        static HashedLinearLayout fromJson(JsonObject json) {
            return new HashedLinearLayout(
                    Math.toIntExact(json.integer("bits")),
                    Math.toIntExact(json.integer("entries")),
                    json.flag("standardise"),
                    Scale.fromJson(json.list("contexts")),
                    Scale.fromJson(json.list("actions")),
                    json.number("least"),
                    json.number("most"));
        }
    }

    /**
     * A Bayesian linear regression per action on the context's features, each with standards of its own: tensors {@code weight}
     * [rows, width], {@code mean} and {@code rate} [rows, width, 2] as sums of two floats, a row per action and a last one for
     * actions that are new; width counts the constant, which comes first. With a posterior {@code factor} [rows, width (width + 1) / 2]:
     * the lower Cholesky factor of the precision, column by column.
     *
     * @param actions ids, in the order of the rows
     * @param features hashes, in the order of the columns after the constant
     * @param numbers which of them are numbers
     * @param maximumColumns features beyond share columns
     * @param limit of a standardised value
     * @param unit of the deviations
     */
    record RidgeLayout(
            List<String> actions,
            List<Integer> features,
            List<Boolean> numbers,
            int maximumColumns,
            double limit,
            double unit,
            boolean posterior,
            double least,
            double most)
            implements HashedLayout {
        public RidgeLayout {
            actions = List.copyOf(actions);
            features = List.copyOf(features);
            numbers = List.copyOf(numbers);
            if (features.size() != numbers.size() || features.size() >= maximumColumns) {
                throw new IllegalArgumentException("must be fewer than the columns: features=" + features.size()
                        + " numbers=" + numbers.size() + " maximumColumns=" + maximumColumns);
            }
            if (!(limit > 0 && unit >= 0 && Double.isFinite(limit) && Double.isFinite(unit))) {
                throw new IllegalArgumentException("must be > 0 and >= 0: limit=" + limit + " unit=" + unit);
            }
            requireRange(least, most);
        }

        int width() {
            return 1 + features.size();
        }

        @Override
        public Map<String, List<Integer>> shapes() {
            int rows = actions.size() + 1;
            Map<String, List<Integer>> shapes = new LinkedHashMap<>();
            shapes.put("weight", List.of(rows, width()));
            shapes.put("mean", List.of(rows, width(), 2));
            shapes.put("rate", List.of(rows, width(), 2));
            if (posterior) {
                shapes.put("factor", List.of(rows, width() * (width() + 1) / 2));
            }
            return shapes;
        }

        @Override
        public Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("kind", "ridge");
            json.put("actions", actions);
            json.put("features", longs(features));
            json.put("numbers", numbers);
            json.put("maximumColumns", maximumColumns);
            json.put("limit", limit);
            json.put("unit", unit);
            json.put("posterior", posterior);
            json.put("least", least);
            json.put("most", most);
            return json;
        }

        static RidgeLayout fromJson(JsonObject json) {
            return new RidgeLayout(
                    json.texts("actions"),
                    ints(json.list("features")),
                    json.list("numbers").stream().map(Boolean.class::cast).toList(),
                    Math.toIntExact(json.integer("maximumColumns")),
                    json.number("limit"),
                    json.number("unit"),
                    json.flag("posterior"),
                    json.number("least"),
                    json.number("most"));
        }
    }

    static void requireRange(double least, double most) {
        if (!(least <= most && Double.isFinite(least) && Double.isFinite(most))) {
            throw new IllegalArgumentException("must be a range: least=" + least + " most=" + most);
        }
    }

    static Number number(Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException("must be a number: " + value);
    }

    static List<Object> longs(List<Integer> values) {
        return values.stream().map(value -> (Object) value.longValue()).toList();
    }

    static List<Integer> ints(List<?> json) {
        return json.stream()
                .map(value -> Math.toIntExact(number(value).longValue()))
                .toList();
    }
}
