package io.leeway.core.model;

import io.leeway.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the learner {@code auto} serves by: parts of several kinds predict each action's scaled reward and are averaged by their weights.
 *
 * @param arms ids of actions by their places
 * @param mostArms beyond so many, actions share places by their hashes
 * @param lower what a scaled reward of 0 is
 * @param width what a scaled reward of 1 is more
 * @param reach a part's prediction is bounded to [-reach, 1 + reach]
 */
public record AutoLayout(
        List<String> arms, int mostArms, double lower, double width, double reach, List<View> views, List<Part> parts)
        implements HashedLayout {

    /**
     * How features become standardised columns.
     *
     * @param joint of the context, an action's features and its id; else of the context
     * @param keys hashes, in the order of the columns; those of an action's own are salted
     * @param numbers which columns are numbers, and missing where no value comes
     * @param shared further columns, which features without one of their own share by their hashes; 0 if there are none
     */
    public record View(
            boolean joint,
            List<Integer> keys,
            List<Boolean> numbers,
            int shared,
            List<Double> centres,
            List<Double> rates) {
        public View {
            keys = List.copyOf(keys);
            numbers = List.copyOf(numbers);
            centres = List.copyOf(centres);
            rates = List.copyOf(rates);
            if (numbers.size() != keys.size()
                    || centres.size() != keys.size() + shared
                    || centres.size() != rates.size()) {
                throw new IllegalArgumentException("must be one per column: keys=" + keys.size() + " numbers="
                        + numbers.size() + " shared=" + shared + " centres=" + centres.size() + " rates="
                        + rates.size());
            }
        }

        int width() {
            return centres.size();
        }

        Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("joint", joint);
            json.put("keys", HashedLayout.longs(keys));
            json.put("numbers", numbers);
            json.put("shared", shared);
            json.put("centres", centres);
            json.put("rates", rates);
            return json;
        }

        static View fromJson(JsonObject json) {
            return new View(
                    json.flag("joint"),
                    HashedLayout.ints(json.list("keys")),
                    json.list("numbers").stream().map(Boolean.class::cast).toList(),
                    Math.toIntExact(json.integer("shared")),
                    doubles(json.list("centres")),
                    doubles(json.list("rates")));
        }
    }

    /**
     * One of those that are averaged.
     *
     * @param kind "kernel", "network", "forest" or "linear"
     * @param view whose columns it sees; -1 for one that sees hashed features
     * @param weight in (0, 1]
     * @param tensors shapes by name
     * @param shape what its kind needs to know beside its tensors
     */
    public record Part(
            String kind, int view, double weight, Map<String, List<Integer>> tensors, Map<String, Object> shape) {
        public Part {
            if (!(weight > 0 && weight <= 1)) {
                throw new IllegalArgumentException("must be in (0, 1]: weight=" + weight);
            }
            tensors = Map.copyOf(tensors);
        }

        Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("kind", kind);
            json.put("view", view);
            json.put("weight", weight);
            json.put("tensors", tensors);
            json.put("shape", shape);
            return json;
        }

        @SuppressWarnings("unchecked")
        static Part fromJson(JsonObject json) {
            Map<String, List<Integer>> tensors = new LinkedHashMap<>();
            JsonObject shapes = json.object("tensors");
            shapes.names().forEach(name -> tensors.put(name, HashedLayout.ints(shapes.list(name))));
            return new Part(
                    json.text("kind"), Math.toIntExact(json.integer("view")), json.number("weight"), tensors, (Map<
                                    String, Object>)
                            json.value("shape"));
        }
    }

    public AutoLayout {
        arms = List.copyOf(arms);
        views = List.copyOf(views);
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("must be >= 1: parts=0");
        }
        for (Part part : parts) {
            if (part.view() < -1 || part.view() >= views.size()) {
                throw new IllegalArgumentException("must be one of " + views.size() + ": view=" + part.view());
            }
        }
        if (!(reach >= 0 && Double.isFinite(reach) && width > 0)) {
            throw new IllegalArgumentException("must be >= 0 and > 0: reach=" + reach + " width=" + width);
        }
        HashedLayout.requireRange(lower - reach * width, lower + (1 + reach) * width);
    }

    @Override
    public double least() {
        return lower - reach * width;
    }

    @Override
    public double most() {
        return lower + (1 + reach) * width;
    }

    @Override
    public Map<String, List<Integer>> shapes() {
        Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        parts.forEach(part -> shapes.putAll(part.tensors()));
        return shapes;
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", "auto");
        json.put("arms", arms);
        json.put("mostArms", mostArms);
        json.put("lower", lower);
        json.put("width", width);
        json.put("reach", reach);
        json.put("views", views.stream().map(View::toJson).toList());
        json.put("parts", parts.stream().map(Part::toJson).toList());
        return json;
    }

    static AutoLayout fromJson(JsonObject json) {
        return new AutoLayout(
                json.texts("arms"),
                Math.toIntExact(json.integer("mostArms")),
                json.number("lower"),
                json.number("width"),
                json.number("reach"),
                json.objects("views").stream().map(View::fromJson).toList(),
                json.objects("parts").stream().map(Part::fromJson).toList());
    }

    private static List<Double> doubles(List<?> json) {
        List<Double> values = new ArrayList<>(json.size());
        json.forEach(value -> values.add(HashedLayout.number(value).doubleValue()));
        return values;
    }
}
